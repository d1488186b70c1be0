import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import '@/bin/quiet-log'
import { attachOrStart, runningStudio } from '@/bin/supervise.mjs'
import { closeDb } from '@/lib/db'
import { closeQueues } from '@/lib/queue/enqueue'

/** A studio as `molian start` opens it; `processOf` is the id of the process that serves its pages, or that does its jobs. */
export type ProductionStudio = { url: string; processOf: (service: 'web' | 'worker') => number }

/** Opens a studio of its own on an empty home, from the production build, and takes all of it away after `work`. */
export async function withProductionStudio<T>(work: (studio: ProductionStudio) => Promise<T>): Promise<T> {
  const home = await mkdtemp(path.join(tmpdir(), 'molian-bench-studio-'))
  await chmod(home, 0o711)
  process.env.MOLIAN_HOME = home
  try {
    const studio = await attachOrStart({ web: true, worker: true })
    try {
      const { webUrl: url, databaseUrl, redisUrl } = studio
      if (!url) throw new Error('The studio has no address')
      Object.assign(process.env, { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl })
      return await work({ url, processOf: (service) => processOf(home, service) })
    } finally {
      await closeQueues()
      await closeDb()
      await studio.stop()
    }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

function processOf(home: string, service: 'web' | 'worker'): number {
  const child = runningStudio(home)?.children[service]
  if (!child) throw new Error(`There is no ${service}`)
  return child.pid
}
