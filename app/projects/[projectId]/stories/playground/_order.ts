import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { presets } from '@/lib/settings/presets'
import { resolveModel } from '@/lib/stages/models'
import type { PlayWriter } from '@/lib/stages/playground/writer'
import { listPromptVersions, saveStoryPrompt } from '@/lib/stages/prompts/prompts'

export const promptChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trained') }),
  z.object({ kind: z.literal('version'), id: z.uuid() }),
  z.object({ kind: z.literal('preset'), name: z.enum(['starter', 'kuwen']) }),
  z.object({ kind: z.literal('words'), system: z.string(), template: z.string() }),
])

/** `engine:NAME`, `adapter:ID` or `endpoint:ID`; of an endpoint with the model's name. */
export const writerChoice = z
  .object({ writer: z.string().regex(/^(engine|adapter|endpoint):.+$/s), model: z.string().trim().max(200) })
  .refine(({ writer, model }) => !writer.startsWith('endpoint:') || model !== '')

/** The writer that a column names, a model of this machine looked at and registered, and the prompt version it was trained with. Throws model.* errors and run.missing. */
export async function orderedWriter(projectId: string, { writer, model }: z.output<typeof writerChoice>): Promise<{ writer: PlayWriter; trainedWith: string | null }> {
  const at = writer.indexOf(':')
  const [kind, name] = [writer.slice(0, at), writer.slice(at + 1)]
  if (kind === 'endpoint') return { writer: { kind, endpointId: z.uuid().parse(name), model }, trainedWith: null }
  if (kind === 'adapter') {
    const adapter = await db().adapter.findUnique({ where: { id: z.uuid().parse(name) }, select: { id: true, trainingRun: { select: { projectId: true, promptVersionId: true } } } })
    if (!adapter) throw new MolianError('run.missing', { what: 'adapter' })
    return { writer: { kind, adapterId: adapter.id }, trainedWith: ownVersion(projectId, adapter.trainingRun) }
  }
  const row = await resolveModel(name)
  const run = row.adapterId === null ? null : await db().trainingRun.findFirst({ where: { adapter: { id: row.adapterId } }, select: { projectId: true, promptVersionId: true } })
  return { writer: { kind: 'engine', modelId: row.id }, trainedWith: ownVersion(projectId, run) }
}

function ownVersion(projectId: string, run: { projectId: string; promptVersionId: string } | null): string | null {
  return run?.projectId === projectId ? run.promptVersionId : null
}

/** The prompt version that a column is asked with; words that are none yet become one. `trained` without a training is the newest version. Throws prompt.* errors. */
export async function orderedPrompt(projectId: string, choice: z.output<typeof promptChoice>, trainedWith: string | null): Promise<string> {
  switch (choice.kind) {
    case 'version':
      return choice.id
    case 'words':
      return (await saveStoryPrompt(projectId, { system: choice.system, template: choice.template })).id
    case 'preset':
      return (await saveStoryPrompt(projectId, presets[choice.name].stories.prompt)).id
    case 'trained': {
      if (trainedWith !== null) return trainedWith
      const newest = (await listPromptVersions(projectId, 'story'))[0]
      return newest?.id ?? (await saveStoryPrompt(projectId, presets.starter.stories.prompt)).id
    }
  }
}
