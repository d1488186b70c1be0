import { MolianError } from '@/lib/errors'
import type { Model } from '@/lib/generated/prisma/client'
import { askerFor, type Asker } from '@/lib/llm/ask'
import { limitsOf, serverOf } from '@/lib/llm/endpoints'
import { limiterOf } from '@/lib/llm/limiter/shared'
import { inspectModelFolder } from '@/lib/models/folder'
import type { Attempt } from '@/lib/queue/attempt'
import { modelDirectory } from '@/lib/stages/models'
import type { ChosenWriter } from '@/lib/stages/writer'
import { withEngine } from '@/gpu-worker/engine/with-engine'

/** What answers the questions. An endpoint's name for itself is known with its first answer only. */
export type Served = { kind: 'engine'; name: string; sha256: string } | { kind: 'endpoint'; baseUrl: string; model: string }

/** How long a story or premise may wait behind all the others of its batch in the engine's own queue. */
const engineDeadlineMs = 12 * 3600_000
const endpointDeadlineMs = 600_000
/** How often a call that an endpoint broke off is made again. */
const endpointRetries = 5

/** Runs `work` with a way to ask the run's writer: an endpoint as it is, or this machine's engine started for the time of it. */
export async function withWriter<T>(
  writer: ChosenWriter,
  model: Model | null,
  attempt: Attempt,
  longest: { characters: number; maxTokens: number },
  work: (ask: Asker, served: Served, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (writer.kind === 'endpoint') {
    const server = await serverOf(writer.endpointId, writer.model)
    const limiter = limiterOf(writer.endpointId, await limitsOf(writer.endpointId))
    const ask = askerFor(server, { timeoutMs: endpointDeadlineMs, retries: endpointRetries, limiter })
    return work(ask, { kind: 'endpoint', baseUrl: server.baseUrl, model: server.model }, attempt.signal)
  }
  if (!model) throw new MolianError('run.missing', { what: 'model' })
  if (model.deletedAt) throw new MolianError('model.deleted', { name: model.name })
  // A folder that a person moved or emptied is told as that, not as an engine that does not start.
  await inspectModelFolder(modelDirectory(model))
  const served = { modelDirectory: modelDirectory(model), servedName: model.name, maxModelLength: contextFor(longest), attempt }
  return withEngine(served, ({ baseUrl, servedName, weightsSha256, signal }) => {
    const ask = askerFor({ baseUrl, key: null, model: servedName }, { timeoutMs: engineDeadlineMs, retries: 0 })
    return work(ask, { kind: 'engine', name: servedName, sha256: weightsSha256 }, signal)
  })
}

/** Tokens of context for a prompt of so many characters and its answer: two tokens a character leave room for rare ones. */
function contextFor({ characters, maxTokens }: { characters: number; maxTokens: number }): number {
  return Math.max(1024, Math.ceil((characters * 2 + maxTokens + 128) / 256) * 256)
}
