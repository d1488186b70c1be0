import { createHash } from 'node:crypto'
import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { PromptPurpose, PromptVersion } from '@/lib/generated/prisma/client'
import { checkTemplate, premiseVariables, storyVariables } from '@/lib/llm/prompts'
import { premisePrompt, promptExample, type PremisePrompt } from '@/lib/settings/premises'
import { storyPrompt, type StoryPrompt } from '@/lib/settings/stories'
import { testLeaks } from '@/lib/stages/test-files'

const examplesSchema = z.array(promptExample)

/** Newest first. */
export async function listPromptVersions(projectId: string, purpose: PromptPurpose): Promise<PromptVersion[]> {
  return db().promptVersion.findMany({ where: { projectId, purpose }, orderBy: { version: 'desc' } })
}

/** The examples of a version of a premise prompt; a story prompt has none. */
export function examplesOf(version: PromptVersion): z.infer<typeof examplesSchema> {
  return examplesSchema.parse(version.examples)
}

/** Saves a premise prompt as a version; the same words are the version they were. Refuses an example that gives a test premise away. */
export async function savePremisePrompt(projectId: string, prompt: PremisePrompt): Promise<PromptVersion> {
  const parsed = premisePrompt.parse(prompt)
  checkTemplate(parsed.template, premiseVariables, 'passage')
  const leaks = await testLeaks(projectId)
  for (const [at, { premise, passage }] of parsed.examples.entries()) {
    const leak = leaks(premise) ?? leaks(passage)
    if (leak) throw new MolianError('prompt.example-is-test-premise', { example: at + 1, premise, test: leak.test.premise, row: leak.test.row, file: leak.test.file })
  }
  return save(projectId, 'premise', parsed.system, parsed.template, parsed.examples)
}

/** Saves a story prompt as a version: training and generation both render it. */
export async function saveStoryPrompt(projectId: string, prompt: StoryPrompt): Promise<PromptVersion> {
  const parsed = storyPrompt.parse(prompt)
  checkTemplate(parsed.template, storyVariables, 'premise')
  return save(projectId, 'story', parsed.system, parsed.template, [])
}

async function save(
  projectId: string,
  purpose: PromptPurpose,
  system: string,
  template: string,
  examples: z.infer<typeof examplesSchema>,
): Promise<PromptVersion> {
  const sha256 = createHash('sha256').update(JSON.stringify([system, template, examples])).digest('hex')
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${projectId}::uuid FOR UPDATE`
    const known = await tx.promptVersion.findUnique({ where: { projectId_purpose_sha256: { projectId, purpose, sha256 } } })
    if (known) return known
    const last = await tx.promptVersion.findFirst({ where: { projectId, purpose }, orderBy: { version: 'desc' }, select: { version: true } })
    return tx.promptVersion.create({ data: { projectId, purpose, version: (last?.version ?? 0) + 1, system, template, examples, sha256 } })
  })
}
