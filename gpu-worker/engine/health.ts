import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'

const modelsSchema = z.object({ data: z.array(z.object({ id: z.string() })) })

/** Resolves when the engine says that it is well and serves the model; rejects only with the signal's reason. */
export async function untilReady(origin: string, servedName: string, signal: AbortSignal): Promise<void> {
  while (!(await serves(origin, servedName, signal))) await pause(250, undefined, { signal })
}

async function serves(origin: string, servedName: string, signal: AbortSignal): Promise<boolean> {
  try {
    const limit = () => AbortSignal.any([signal, AbortSignal.timeout(5_000)])
    const health = await fetch(`${origin}/health`, { signal: limit() })
    if (!health.ok) return false
    const models = modelsSchema.parse(await (await fetch(`${origin}/v1/models`, { signal: limit() })).json())
    return models.data.some((model) => model.id === servedName)
  } catch {
    // Not listening yet, or another program that took the port: the deadline judges.
    signal.throwIfAborted()
    return false
  }
}
