import { MolianError } from '@/lib/errors'
import type { Served } from '@/gpu-worker/engine/with-writer'

/** What answered a run: the name that the server itself gave, and of this machine's engine the hash of its weights. */
export type Answered = { servedName: string | null; servedSha256: string | null }

/** Hears the model's name in every answer and throws stories.wrong-model when it is another one than before. */
export type ModelLabel = (servedModel: string) => Promise<void>

/**
 * A run's label is what the server itself says it ran: known beforehand of this machine's engine, from the first answer of an endpoint.
 * `keep` writes it to the run's row, once. Throws stories.other-weights when the engine's model is no longer the one that the run was begun with.
 */
export function modelLabel(run: Answered, served: Served, keep: (answered: Answered) => Promise<unknown>): ModelLabel {
  let name = served.kind === 'engine' ? served.name : run.servedName
  const sha256 = served.kind === 'engine' ? served.sha256 : null
  if (run.servedSha256 !== null && sha256 !== run.servedSha256) throw new MolianError('stories.other-weights', { name: run.servedName ?? name ?? '–' })
  let saved: Promise<unknown> | undefined
  return async (servedModel) => {
    name ??= servedModel
    if (servedModel !== name) throw new MolianError('stories.wrong-model', { served: servedModel, asked: name })
    saved ??= keep({ servedName: name, servedSha256: sha256 })
    await saved
  }
}
