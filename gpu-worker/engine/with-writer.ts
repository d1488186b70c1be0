import { MolianError } from '@/lib/errors'
import type { Model } from '@/lib/generated/prisma/client'
import { askerFor, type Asker } from '@/lib/llm/ask'
import { inspectModelFolder } from '@/lib/models/folder'
import type { Attempt } from '@/lib/queue/attempt'
import { modelDirectory } from '@/lib/stages/models'
import type { ChosenWriter } from '@/lib/stages/writer'
import { withEndpoint } from '@/gpu-worker/engine/with-endpoint'
import { withEngine } from '@/gpu-worker/engine/with-engine'

/** What answers the questions. An endpoint's name for itself is known with its first answer only. */
export type Served = { kind: 'engine'; name: string; sha256: string } | { kind: 'endpoint'; baseUrl: string; model: string }

/** How long a story or premise may wait behind all the others of its batch in the engine's own queue. */
const engineDeadlineMs = 12 * 3600_000

/**
 * Runs `work` with a way to ask the run's writer: an endpoint as it is, or this machine's engine started for the time of it.
 * @param knownName what an endpoint called itself in the run's earlier answers
 */
export async function withWriter<T>(
  writer: ChosenWriter,
  model: Model | null,
  attempt: Attempt,
  longest: { characters: number; maxTokens: number },
  work: (ask: Asker, served: Served, signal: AbortSignal) => Promise<T>,
  knownName: string | null = null,
): Promise<T> {
  if (writer.kind === 'endpoint') {
    return withEndpoint(writer.endpointId, writer.model, knownName, attempt, (ask, { baseUrl, model }) => work(ask, { kind: 'endpoint', baseUrl, model }, attempt.signal))
  }
  if (!model) throw new MolianError('run.missing', { what: 'model' })
  if (model.deletedAt) throw new MolianError('model.deleted', { name: model.name })
  // A folder that a person moved or emptied is told as that, not as an engine that does not start.
  await inspectModelFolder(modelDirectory(model))
  const served = { modelDirectory: modelDirectory(model), servedName: model.name, maxModelLength: contextFor(longest), attempt }
  return withEngine(served, ({ baseUrl, servedName, weightsSha256, signal }) => {
    const asker = askerFor({ baseUrl, key: null, model: servedName }, { timeoutMs: engineDeadlineMs, retries: 0 })
    const ask: Asker = async (question, own) => ({ ...(await asker(question, own)), address: null })
    return work(ask, { kind: 'engine', name: servedName, sha256: weightsSha256 }, signal)
  })
}

/** Tokens of context for a prompt of so many characters and its answer: two tokens a character leave room for rare ones. */
export function contextFor({ characters, maxTokens }: { characters: number; maxTokens: number }): number {
  return Math.max(1024, Math.ceil((characters * 2 + maxTokens + 128) / 256) * 256)
}
