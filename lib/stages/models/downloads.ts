import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { ModelDownload, Prisma } from '@/lib/generated/prisma/client'
import type { HubModel } from '@/lib/models/hub/hubs'
import { insertJob, ring, workKey } from '@/lib/queue/enqueue'
import { requeue } from '@/lib/queue/lease'

const whole = { job: true } as const

export type DownloadEntry = Prisma.ModelDownloadGetPayload<{ include: typeof whole }>

/** A download's unit of progress: bytes would not fit where progress is kept. */
export function kibibytes(bytes: number): number {
  return Math.ceil(bytes / 1024)
}

/** Queues the fetching of a model; one that waits, runs, failed or was cancelled is that one, gone on with. */
export async function startDownload({ hub, repository, revision }: HubModel): Promise<ModelDownload> {
  const known = await db().modelDownload.findFirst({ where: { hub, repository, revision, job: { state: { not: 'succeeded' } } }, orderBy: { createdAt: 'desc' } })
  if (known) {
    const again = await requeue(known.jobId)
    if (again) await ring(again)
    return known
  }
  const { job, download } = await db().$transaction(async (tx) => {
    // Two clicks at once: the second waits here and finds the first one's job.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`${hub} ${repository} ${revision}`}))`
    const other = await tx.modelDownload.findFirst({ where: { hub, repository, revision, job: { state: { in: ['queued', 'running', 'paused'] } } }, include: { job: true } })
    if (other) return { job: other.job, download: other }
    const id = randomUUID()
    const job = await insertJob(tx, { name: 'download-model', projectId: null, subjectId: id, idempotencyKey: workKey('download-model', id) })
    return { job, download: await tx.modelDownload.create({ data: { id, hub, repository, revision, jobId: job.id } }) }
  })
  await ring(job)
  return download
}

/** Those that are not models yet: waiting, running, or ended without one; newest first. */
export async function openDownloads(): Promise<DownloadEntry[]> {
  return db().modelDownload.findMany({ where: { job: { state: { not: 'succeeded' } } }, include: whole, orderBy: { createdAt: 'desc' } })
}

/** Gives up a download that does not run, with what came of it. Throws download.running. */
export async function discardDownload(id: string): Promise<void> {
  const download = await db().modelDownload.findUnique({ where: { id }, include: whole })
  if (!download) return
  const { count } = await db().job.deleteMany({ where: { id: download.jobId, state: { in: ['failed', 'cancelled', 'queued', 'paused'] } } })
  if (count === 0) throw new MolianError('download.running', { what: download.repository })
  await rm(inHome(artifactPath.downloadPart(id)), { recursive: true, force: true })
  await announce(db(), { project: null, topic: 'job', id: download.jobId })
}
