import { link, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { startTemporaryPostgres } from '@/bin/services/temporary-postgres.mjs'
import { applyMigrations } from '@/bin/setup/migrations.mjs'
import { artifactPath, inHome } from '@/lib/artifacts'
import { closeDb, db } from '@/lib/db'
import { insertJob } from '@/lib/queue/enqueue'
import { claimNext } from '@/lib/queue/lease'
import { readUpload } from '@/gpu-worker/stages/read-upload'
import { benchAttempt } from '@/bench/support/bench-attempt'
import { mostResidentMB, residentMB } from '@/bench/support/resident-memory'

/** From a file on disk to committed novels and chapters, by the worker's own handler on a real PostgreSQL; MB/s, and how far resident memory grew. */
export async function measureCommitted(file: string, bytes: number, folder: string): Promise<{ committedMBperS: number; committedRssGrowthMB: number; committedHeapMB: number; novels: number; chapters: number }> {
  const postgres = await startTemporaryPostgres()
  Object.assign(process.env, { MOLIAN_HOME: path.join(folder, 'home'), DATABASE_URL: postgres.url, REDIS_URL: 'redis://unused.invalid' })
  try {
    await applyMigrations(postgres.url)
    const project = await db().project.create({ data: { name: 'bench' } })
    const upload = await db().upload.create({ data: { projectId: project.id, kind: 'novels', fileName: 'novels.json', state: 'reading', bytes } })
    await db().$transaction((tx) => insertJob(tx, { name: 'read-upload', projectId: project.id, subjectId: upload.id, idempotencyKey: upload.id }))
    const job = await claimNext('cpu', 'bench', null)
    if (!job) throw new Error('The job could not be claimed')
    const place = inHome(artifactPath.upload(upload.id))
    await mkdir(path.dirname(place), { recursive: true })
    await link(file, place)
    globalThis.gc?.()
    const before = residentMB(process.pid)
    const started = performance.now()
    const [most = 0] = await mostResidentMB([process.pid], () => readUpload({ ...benchAttempt(), jobId: job.id, projectId: project.id, subjectId: upload.id, epoch: job.epoch }))
    const seconds = (performance.now() - started) / 1000
    const [novels, chapters] = await Promise.all([db().novel.count(), db().chapter.count()])
    globalThis.gc?.()
    return { committedMBperS: bytes / 1e6 / seconds, committedRssGrowthMB: most - before, committedHeapMB: process.memoryUsage().heapUsed / 1e6, novels, chapters }
  } finally {
    await closeDb()
    await postgres.stop()
  }
}
