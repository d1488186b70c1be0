import { setTimeout as pause } from 'node:timers/promises'
import { MolianError } from '@/lib/errors'
import { contextLimit } from '@/lib/models/context-limit'
import { folderPrint } from '@/lib/models/folder-print'
import { weightsSha256 } from '@/lib/models/weights'
import type { Attempt } from '@/lib/queue/attempt'
import { rankFor, type NamedAdapter } from '@/gpu-worker/engine/adapters'
import type { ServedModel } from '@/gpu-worker/engine/settings'
import { orAborted } from '@/gpu-worker/engine/turns'
import { warmEngine } from '@/gpu-worker/engine/warm-engine'

export type EngineServer = {
  baseUrl: string
  servedName: string
  /** Hash of the weight files that the engine serves. */
  weightsSha256: string
  /** The attempt's signal, and aborted also when the engine dies. */
  signal: AbortSignal
  /**
   * Loads one of the adapters that were asked for and resolves with the model name under which the engine answers with it. Loaded
   * once, however often it is asked for. Throws adapter.not-served with what the engine says.
   */
  adapter(adapter: NamedAdapter): Promise<string>
}

export type Wanted = Omit<ServedModel, 'adapterRank'> & {
  attempt: Attempt
  /** Adapters that may be loaded beside the model; an engine has room for none unless it was started for it. */
  adapters?: readonly NamedAdapter[]
}

const endHeardWithinMs = 3_000

/**
 * Lets `use` have a model of this machine served: by the engine that is there if it serves the same, by a new one else. It stays warm
 * afterwards. Throws MolianError: engine.not-ready, engine.died, engine.hung, engine.killed, adapter.not-served, and what `use` throws.
 */
export async function withEngine<T>({ attempt, adapters = [], ...asked }: Wanted, use: (server: EngineServer) => Promise<T>): Promise<T> {
  const { modelDirectory, servedName } = asked
  attempt.progress({ done: 0, total: 0, phase: 'starting-engine' })
  const [limit, sha256, print, adapterRank] = await Promise.all([contextLimit(modelDirectory), weightsSha256(modelDirectory), folderPrint(modelDirectory), adapters.length > 0 ? rankFor(adapters) : 0])
  const wanted = { ...asked, maxModelLength: Math.min(asked.maxModelLength, limit ?? Infinity), adapterRank, sha256, print }
  const running = await warmEngine.enter(wanted, attempt)
  const server: EngineServer = {
    baseUrl: running.baseUrl,
    servedName,
    weightsSha256: sha256,
    signal: AbortSignal.any([attempt.signal, running.dead]),
    adapter: (adapter) => running.adapter(adapter),
  }
  let wasWell = false
  try {
    const result = await orAborted(use(server), running.dead)
    wasWell = true
    return result
  } catch (error) {
    // Of an engine that dies, its callers' broken connections are heard of before its end: that is what to say.
    if (error instanceof MolianError && error.code === 'endpoint.unreachable') await pause(endHeardWithinMs, undefined, { signal: running.dead }).catch(() => {})
    running.dead.throwIfAborted()
    throw error
  } finally {
    await warmEngine.leave(running, wasWell)
  }
}
