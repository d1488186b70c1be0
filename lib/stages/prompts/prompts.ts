import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Prisma, PromptPurpose, PromptVersion } from '@/lib/generated/prisma/client'
import { premiseVariables, storyVariables } from '@/lib/llm/prompt-variables'
import { checkSystem, checkTemplate } from '@/lib/llm/prompts'
import { premisePrompt, type PremisePrompt } from '@/lib/settings/premises'
import { storyPrompt, type StoryPrompt } from '@/lib/settings/stories'
import { testLeaks } from '@/lib/stages/stories/test-files'

/** A premise prompt as it may be given: without styles it has the one sentence alone. */
export type GivenPremisePrompt = z.input<typeof premisePrompt>

/** Newest first. */
export async function listPromptVersions(projectId: string, purpose: PromptPurpose): Promise<PromptVersion[]> {
  return db().promptVersion.findMany({ where: { projectId, purpose }, orderBy: { version: 'desc' } })
}

const used = {
  premiseRuns: { select: { id: true, ordinal: true }, orderBy: { ordinal: 'asc' } },
  trainingRuns: { select: { id: true, ordinal: true }, orderBy: { ordinal: 'asc' } },
  storyRuns: { select: { id: true, ordinal: true }, orderBy: { ordinal: 'asc' } },
} as const

export type PromptVersionInUse = Prisma.PromptVersionGetPayload<{ include: typeof used }>

/** Every version with the runs that it was used in, newest first. */
export async function promptVersionsInUse(projectId: string, purpose: PromptPurpose): Promise<PromptVersionInUse[]> {
  return db().promptVersion.findMany({ where: { projectId, purpose }, include: used, orderBy: { version: 'desc' } })
}

/** Puts a person's word beside a version; its own words never change. */
export async function notePromptVersion(projectId: string, id: string, note: string): Promise<void> {
  await db().promptVersion.updateMany({ where: { id, projectId }, data: { note: note.trim() } })
}

/** A version of the project by its id; null where there is none. */
export async function findPromptVersion(projectId: string, id: string): Promise<PromptVersion | null> {
  return db().promptVersion.findFirst({ where: { id, projectId } })
}

/** The words of a version; a story prompt is one without examples and further styles. */
export function promptWordsOf(version: Pick<PromptVersion, 'system' | 'template' | 'examples' | 'styles'>): PremisePrompt {
  const { system, template, examples, styles } = version
  return premisePrompt.parse({ system, template, examples, styles })
}

/**
 * What a premise prompt must be to be asked with. Throws `prompt.unknown-variable`, `prompt.variable-missing`,
 * `prompt.variable-in-system` or `prompt.example-is-test-premise`, each as a PromptFault that names the field.
 */
export async function checkPremisePrompt(projectId: string, prompt: PremisePrompt): Promise<void> {
  const leaks = await testLeaks(projectId)
  const parts = [{ at: '', ...prompt }, ...prompt.styles.map((style, at) => ({ ...style, at: `styles.${at}.` }))]
  for (const { at, system, template, examples } of parts) {
    atPart(`${at}system`, () => checkSystem(system))
    atPart(`${at}template`, () => checkTemplate(template, premiseVariables, 'passage'))
    for (const [row, { premise, passage }] of examples.entries()) {
      for (const [field, text] of [['premise', premise], ['passage', passage]] as const) {
        const leak = leaks(text)
        if (!leak) continue
        const { premise: test, row: testRow, file } = leak.test
        throw new PromptFault(`${at}examples.${row}.${field}`, new MolianError('prompt.example-is-test-premise', { example: row + 1, test, row: testRow, file }))
      }
    }
  }
}

/** What is wrong with a prompt, and at which of its fields: `template`, `examples.2.premise`, `styles.0.system`. */
export class PromptFault extends MolianError {
  constructor(
    readonly field: string,
    error: MolianError,
  ) {
    super(error.code, error.params, { cause: error })
  }
}

function atPart(field: string, check: () => void): void {
  try {
    check()
  } catch (error) {
    throw error instanceof MolianError ? new PromptFault(field, error) : error
  }
}

/** Saves a premise prompt as a version; the same words are the version they were. Throws what `checkPremisePrompt` throws. */
export async function savePremisePrompt(projectId: string, prompt: GivenPremisePrompt): Promise<PromptVersion> {
  const parsed = premisePrompt.parse(prompt)
  await checkPremisePrompt(projectId, parsed)
  return save(projectId, 'premise', parsed)
}

/** Saves a story prompt as a version: training and generation both render it. */
export async function saveStoryPrompt(projectId: string, prompt: StoryPrompt): Promise<PromptVersion> {
  const parsed = storyPrompt.parse(prompt)
  atPart('system', () => checkSystem(parsed.system))
  atPart('template', () => checkTemplate(parsed.template, storyVariables, 'premise'))
  return save(projectId, 'story', { ...parsed, examples: [], styles: [] })
}

async function save(projectId: string, purpose: PromptPurpose, { system, template, examples, styles }: PremisePrompt): Promise<PromptVersion> {
  // Words without further styles have the hash they had before there were any.
  const sha256 = createHash('sha256').update(JSON.stringify([system, template, examples, ...(styles.length > 0 ? [styles] : [])])).digest('hex')
  return db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${projectId}::uuid FOR UPDATE`
    const known = await tx.promptVersion.findUnique({ where: { projectId_purpose_sha256: { projectId, purpose, sha256 } } })
    if (known) return known
    const last = await tx.promptVersion.findFirst({ where: { projectId, purpose }, orderBy: { version: 'desc' }, select: { version: true } })
    return tx.promptVersion.create({ data: { projectId, purpose, version: (last?.version ?? 0) + 1, system, template, examples, styles, sha256 } })
  })
}
