import { db } from '@/lib/db'
import type { Engine } from '@/lib/generated/prisma/client'
import { engineRowLife } from '@/lib/stages/engine/engine-row'
import { type JobWithProject, listJobs } from '@/lib/stages/jobs'
import { adapterName, baseOf, withOrigin } from '@/lib/stages/models/merging'

/** An engine as it is shown: `lost` is one whose worker has not been heard of for long though it should be up. */
export type EngineEntry = Engine & { shown: Engine['state'] | 'lost'; users: JobWithProject[] }

/** The engines of all devices with the jobs that use them: those that are up first, then the last one seen. */
export async function listEngines(now: Date = new Date()): Promise<EngineEntry[]> {
  const [rows, running] = await Promise.all([db().engine.findMany({ orderBy: { seenAt: 'desc' } }), listJobs(['running'])])
  const entries = rows.map((row) => {
    const isUp = row.state !== 'stopped' && row.state !== 'failed'
    const shown = isUp && now.getTime() - row.seenAt.getTime() > engineRowLife.silentMs ? ('lost' as const) : row.state
    return { ...row, shown, users: running.filter((job) => job.device === row.device && job.engineModelId !== null) }
  })
  return entries.toSorted((a, b) => Number(b.shown === 'ready') - Number(a.shown === 'ready'))
}

/** What changes with every look, for the page's figures. */
export type EngineFigures = Pick<Engine, 'device' | 'requestsRunning' | 'requestsWaiting' | 'cacheUse' | 'promptRate' | 'answerRate'>

export async function engineFigures(device: string): Promise<EngineFigures | null> {
  return db().engine.findUnique({ where: { device }, select: { device: true, requestsRunning: true, requestsWaiting: true, cacheUse: true, promptRate: true, answerRate: true } })
}

export type ServableModel = { id: string; name: string; kind: 'base' | 'merged'; adapters: { id: string; name: string }[] }

/** Every model that could be served now, with the adapters that are for it. */
export async function servableModels(): Promise<ServableModel[]> {
  const [models, adapters] = await Promise.all([
    db().model.findMany({ where: { deletedAt: null, OR: [{ kind: 'base' }, { sha256: { not: null } }] }, orderBy: [{ kind: 'desc' }, { createdAt: 'desc' }] }),
    db().adapter.findMany({ where: { deletedAt: null }, include: withOrigin, orderBy: { createdAt: 'desc' } }),
  ])
  return models.map(({ id, name, kind }) => ({ id, name, kind, adapters: adapters.filter((adapter) => baseOf(adapter).id === id).map((adapter) => ({ id: adapter.id, name: adapterName(adapter) })) }))
}
