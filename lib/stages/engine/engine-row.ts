import { db } from '@/lib/db'
import type { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import { Prisma, type Engine } from '@/lib/generated/prisma/client'

/** Which engine it is: only the worker that runs it may change its device's row. */
export type EngineId = Pick<Engine, 'device' | 'owner' | 'runId'>

export type NewEngine = EngineId & Pick<Engine, 'modelDirectory' | 'servedName' | 'sha256' | 'context' | 'adapterRank' | 'tensorParallel' | 'dataParallel' | 'deaths'>

export type EngineChange = Partial<Pick<Engine, 'state' | 'adapters' | 'readyAt' | 'endedAt' | 'idleUntil' | 'deaths' | 'retryAt' | 'stopRequested' | 'context'>> & { error?: MolianError }

export type EngineLoad = Pick<Engine, 'requestsRunning' | 'requestsWaiting' | 'cacheUse' | 'promptRate' | 'answerRate'>

/** A worker says at least every `beatMs` that its engine is there, whatever the engine does; one that has not for `silentMs` is taken to be gone. In milliseconds. */
export const engineRowLife = { beatMs: 15_000, silentMs: 60_000 } as const

const noLoad: EngineLoad = { requestsRunning: 0, requestsWaiting: 0, cacheUse: 0, promptRate: 0, answerRate: 0 }

/** Takes the device's row for an engine that is being started. */
export async function putEngine(engine: NewEngine): Promise<void> {
  const now = new Date()
  const values = {
    ...engine, ...noLoad, state: 'starting' as const, adapters: [], startedAt: now, readyAt: null, endedAt: null, idleUntil: null, retryAt: null,
    errorCode: null, errorParams: Prisma.DbNull, errorText: null, stopRequested: false, seenAt: now,
  }
  await db().engine.upsert({ where: { device: engine.device }, create: values, update: values })
  await announce(db(), { project: null, topic: 'engine', id: engine.device })
}

/** Changes the row of this very engine; of another one it leaves alone. */
export async function changeEngine({ device, owner, runId }: EngineId, { error, ...change }: EngineChange): Promise<void> {
  const fault = error && { errorCode: error.code, errorParams: error.params, errorText: error.message }
  const ended = change.state === 'stopped' || change.state === 'failed' ? noLoad : {}
  await db().engine.updateMany({ where: { device, owner, runId }, data: { ...change, ...fault, ...ended, seenAt: new Date() } })
  await announce(db(), { project: null, topic: 'engine', id: device })
}

/** Keeps what the engine carries now. Its own topic: whole pages are not drawn anew for a number. */
export async function keepLoad({ device, owner, runId }: EngineId, load: EngineLoad): Promise<void> {
  await db().engine.updateMany({ where: { device, owner, runId }, data: { ...load, seenAt: new Date() } })
  await announceLoad(device)
}

/** Says that its worker is there, and that its log may have grown. */
export async function keepSeen({ device, owner, runId }: EngineId): Promise<void> {
  await db().engine.updateMany({ where: { device, owner, runId }, data: { seenAt: new Date() } })
  await announceLoad(device)
}

/** Says that the log, or the load, has grown. */
export async function announceLoad(device: string): Promise<void> {
  await announce(db(), { project: null, topic: 'engine-load', id: device })
}

/** After a worker's death: its engines ended with it. Returns how many rows said otherwise. */
export async function closeEnginesOf(owners: readonly string[]): Promise<number> {
  const { count } = await db().engine.updateMany({
    where: { owner: { in: [...owners] }, state: { in: ['starting', 'ready', 'stopping'] } },
    data: { ...noLoad, state: 'stopped', endedAt: new Date(), idleUntil: null, adapters: [] },
  })
  return count
}

/** Everyone whose engine is said to be up. */
export async function engineOwners(): Promise<string[]> {
  const rows = await db().engine.findMany({ where: { state: { in: ['starting', 'ready', 'stopping'] } }, select: { owner: true } })
  return rows.map(({ owner }) => owner)
}

export async function findEngine(device: string): Promise<Engine | null> {
  return db().engine.findUnique({ where: { device } })
}

/** Asks the worker that runs the device's engine to end it; it does so when nobody uses it. */
export async function requestEngineStop(device: string): Promise<void> {
  await db().engine.updateMany({ where: { device, state: { in: ['starting', 'ready'] } }, data: { stopRequested: true } })
  await announce(db(), { project: null, topic: 'engine', id: device })
}
