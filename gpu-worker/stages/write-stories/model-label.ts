import { MolianError } from '@/lib/errors'
import type { StoryRun } from '@/lib/generated/prisma/client'
import type { Attempt } from '@/lib/queue/attempt'
import type { Served } from '@/gpu-worker/engine/with-writer'

/** Hears the model's name in every answer and throws stories.wrong-model when it is another one than before. */
export type ModelLabel = (servedModel: string) => Promise<void>

/**
 * The run's label is what the server itself says it ran: known beforehand of this machine's engine, from the first answer of an endpoint.
 * Throws stories.other-weights when the engine's model is no longer the one that the run's stories were begun with.
 */
export function modelLabel(attempt: Attempt, run: Pick<StoryRun, 'id' | 'servedName' | 'servedSha256'>, served: Served): ModelLabel {
  let name = served.kind === 'engine' ? served.name : run.servedName
  const sha256 = served.kind === 'engine' ? served.sha256 : null
  if (run.servedSha256 !== null && sha256 !== run.servedSha256) throw new MolianError('stories.other-weights', { name: run.servedName ?? name ?? '–' })
  let saved: Promise<unknown> | undefined
  return async (servedModel) => {
    name ??= servedModel
    if (servedModel !== name) throw new MolianError('stories.wrong-model', { served: servedModel, asked: name })
    saved ??= attempt.write((tx) => tx.storyRun.update({ where: { id: run.id }, data: { servedName: name, servedSha256: sha256 } }))
    await saved
  }
}
