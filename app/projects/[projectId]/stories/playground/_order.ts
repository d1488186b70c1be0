import { z } from 'zod'
import { presets, stagePresetNames } from '@/lib/settings/presets'
import { resolveModel } from '@/lib/stages/models'
import { namedWriter } from '@/lib/stages/playground/writer-value'
import { trainedWith, type PlayWriter } from '@/lib/stages/playground/writer'
import { listPromptVersions, saveStoryPrompt } from '@/lib/stages/prompts/prompts'

export const promptChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trained') }),
  z.object({ kind: z.literal('version'), id: z.uuid() }),
  z.object({ kind: z.literal('preset'), name: z.enum(stagePresetNames) }),
  z.object({ kind: z.literal('words'), system: z.string(), template: z.string() }),
])

/** A writer; of an endpoint with the model's name. */
export const writerChoice = z
  .object({ writer: namedWriter, model: z.string().trim().max(200) })
  .refine(({ writer, model }) => writer.kind !== 'endpoint' || model !== '')

/** The writer that a column names, a model of this machine looked at and registered, and the prompt version it was trained with. Throws model.* errors and run.missing. */
export async function orderedWriter(projectId: string, { writer, model }: z.output<typeof writerChoice>): Promise<{ writer: PlayWriter; trainedWith: string | null }> {
  const { kind, name } = writer
  if (kind === 'endpoint') return { writer: { kind, endpointId: z.uuid().parse(name), model }, trainedWith: null }
  if (kind === 'adapter') {
    const adapterId = z.uuid().parse(name)
    return { writer: { kind, adapterId }, trainedWith: await trainedWith(projectId, adapterId) }
  }
  const row = await resolveModel(name)
  return { writer: { kind: 'engine', modelId: row.id }, trainedWith: row.adapterId === null ? null : await trainedWith(projectId, row.adapterId) }
}

/** The prompt version that a column is asked with; words that are none yet become one. `trained` is what its model, or one beside it, was trained with (`trainedVersionId`), else the newest version. Throws prompt.* errors. */
export async function orderedPrompt(projectId: string, choice: z.output<typeof promptChoice>, trainedVersionId: string | null): Promise<string> {
  switch (choice.kind) {
    case 'version':
      return choice.id
    case 'words':
      return (await saveStoryPrompt(projectId, { system: choice.system, template: choice.template })).id
    case 'preset':
      return (await saveStoryPrompt(projectId, presets[choice.name].stories.prompt)).id
    case 'trained': {
      if (trainedVersionId !== null) return trainedVersionId
      const newest = (await listPromptVersions(projectId, 'story'))[0]
      return newest?.id ?? (await saveStoryPrompt(projectId, presets.starter.stories.prompt)).id
    }
  }
}
