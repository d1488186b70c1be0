import { setTimeout as pause } from 'node:timers/promises'
import { MolianError } from '@/lib/errors'
import type { Attempt } from '@/lib/queue/attempt'
import { contextLimit } from '@/lib/models/context-limit'
import { weightsSha256 } from '@/lib/models/weights'
import type { ServedModel } from '@/gpu-worker/engine/settings'
import { startEngine } from '@/gpu-worker/engine/start'

export type EngineServer = {
  baseUrl: string
  servedName: string
  /** Hash of the weight files that the engine serves. */
  weightsSha256: string
  /** The attempt's signal, and aborted also when the engine dies. */
  signal: AbortSignal
}

const endHeardWithinMs = 3_000

/**
 * Serves a model of this machine for as long as `use` takes. The engine is surely gone afterwards, however `use` ends.
 * Throws MolianError: engine.not-ready, engine.died, process.killed, and what `use` throws.
 */
export async function withEngine<T>(served: ServedModel & { attempt: Attempt }, use: (server: EngineServer) => Promise<T>): Promise<T> {
  const { attempt, ...asked } = served
  const model = { ...asked, maxModelLength: Math.min(asked.maxModelLength, (await contextLimit(asked.modelDirectory)) ?? Infinity) }
  attempt.progress({ done: 0, total: 0, phase: 'starting-engine' })
  const sha256 = await weightsSha256(model.modelDirectory)
  const engine = await startEngine(model, attempt)
  const dead = new AbortController()
  const died = engine.died.catch((error: unknown) => {
    dead.abort(error)
    throw error
  })
  died.catch(() => {})
  const signal = AbortSignal.any([attempt.signal, dead.signal])
  try {
    return await Promise.race([use({ baseUrl: engine.baseUrl, servedName: model.servedName, weightsSha256: sha256, signal }), died])
  } catch (error) {
    // Of an engine that dies, its callers' broken connections are heard of before its end: that is what to say.
    if (error instanceof MolianError && error.code === 'endpoint.unreachable') await Promise.race([died, pause(endHeardWithinMs)])
    throw error
  } finally {
    await engine.stop()
  }
}
