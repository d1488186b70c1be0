import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { artifactPath, inHome, syncDirectory } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { Prisma, Upload, UploadKind } from '@/lib/generated/prisma/client'
import { insertJob, ring, workKey } from '@/lib/queue/enqueue'
import { requeue } from '@/lib/queue/lease'

export const uploadKind = z.enum(['novels', 'test'])

/** How a name from outside is shown: no path, no control or direction-changing characters, of bearable length. Never used as a path. */
export function displayName(raw: string): string {
  const base = raw.split(/[\\/]/).pop() ?? ''
  const clean = base.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim()
  return [...clean].slice(0, 120).join('') || 'file'
}

/**
 * Streams a file to the home, hashing it, then queues its reading. The same bytes for the same purpose are
 * recognised and read only once. `declaredBytes` is what the sender promised, when it did.
 * Throws upload.too-large, upload.incomplete, upload.interrupted, upload.disk-full; nothing of a broken upload stays.
 */
export async function receiveUpload(
  projectId: string,
  kind: UploadKind,
  fileName: string,
  body: AsyncIterable<Uint8Array>,
  options: { declaredBytes?: number; signal?: AbortSignal } = {},
): Promise<Upload> {
  const name = displayName(fileName)
  const limit = env().uploadLimit
  const tooLarge = () => new MolianError('upload.too-large', { file: name, limit: `${Math.floor(limit / 1024 / 1024)} MiB` })
  if (options.declaredBytes !== undefined && options.declaredBytes > limit) throw tooLarge()
  const upload = await db().upload.create({ data: { projectId, kind, fileName: name } })
  const file = inHome(artifactPath.upload(upload.id))
  const part = `${file}.part`
  await mkdir(path.dirname(file), { recursive: true })
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      done(bytes > limit ? tooLarge() : null, chunk)
    },
  })
  try {
    await pipeline(body, measure, createWriteStream(part, { flush: true }), { signal: options.signal })
    if (options.declaredBytes !== undefined && bytes !== options.declaredBytes) {
      throw new MolianError('upload.incomplete', { file: name, received: bytes, declared: options.declaredBytes })
    }
    const sha256 = hash.digest('hex')
    await rename(part, file)
    await syncDirectory(path.dirname(file))
    return await queueReading(upload, { sha256, bytes })
  } catch (error) {
    await rm(part, { force: true })
    await rm(file, { force: true })
    await db().upload.deleteMany({ where: { id: upload.id, jobId: null } })
    if (isDiskFull(error)) throw new MolianError('upload.disk-full', { file: name }, { cause: error })
    throw options.signal?.aborted ? new MolianError('upload.interrupted', { file: name }, { cause: error }) : error
  }
}

async function queueReading(upload: Upload, received: { sha256: string; bytes: number }): Promise<Upload> {
  const { id, projectId, kind } = upload
  const queued = await db().$transaction(async (tx) => {
    // Of two senders of the same file at once the second finds the first one's.
    await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${projectId}::uuid FOR UPDATE`
    const known = await tx.upload.findFirst({ where: { projectId, kind, sha256: received.sha256, state: { in: ['reading', 'ready'] } } })
    if (known) {
      await tx.upload.delete({ where: { id } })
      return { row: known, job: null }
    }
    const job = await insertJob(tx, { name: 'read-upload', projectId, subjectId: id, idempotencyKey: workKey('read-upload', id) })
    const row = await tx.upload.update({ where: { id }, data: { state: 'reading', sha256: received.sha256, bytes: received.bytes, jobId: job.id } })
    await announce(tx, { project: projectId, topic: 'upload', id })
    return { row, job }
  })
  if (!queued.job) await rm(inHome(artifactPath.upload(id)), { force: true })
  // The known file's reading may have been cancelled, or have failed for a reason of its own.
  const job = queued.job ?? (queued.row.state === 'reading' && queued.row.jobId ? await requeue(queued.row.jobId) : null)
  if (job) await ring(job)
  return queued.row
}

export type UploadWithJob = Prisma.UploadGetPayload<{ include: { job: true } }>

export async function listUploads(projectId: string, kind?: UploadKind): Promise<UploadWithJob[]> {
  return db().upload.findMany({ where: { projectId, ...(kind ? { kind } : {}) }, include: { job: true }, orderBy: { createdAt: 'desc' } })
}

export async function readUploadRow(id: string): Promise<UploadWithJob | null> {
  return z.uuid().safeParse(id).success ? db().upload.findUnique({ where: { id }, include: { job: true } }) : null
}

export type UploadRejectionEntry = { file: string; line: number; code: string; params: Prisma.JsonValue }

/** Rejected records in the order of the files; of one file where its ordinal is given. */
export async function listRejections(uploadId: string, take = 200, skip = 0, fileOrdinal?: number): Promise<UploadRejectionEntry[]> {
  const [rows, files] = await Promise.all([
    db().uploadRejection.findMany({ where: { uploadId, fileOrdinal }, orderBy: { ordinal: 'asc' }, take, skip, select: { fileOrdinal: true, line: true, code: true, params: true } }),
    db().uploadFile.findMany({ where: { uploadId }, select: { ordinal: true, name: true } }),
  ])
  const names = new Map(files.map(({ ordinal, name }) => [ordinal, name]))
  return rows.map(({ fileOrdinal: ordinal, ...rejection }) => ({ file: names.get(ordinal) ?? '', ...rejection }))
}

/**
 * Takes an upload and the novels or test rows it gave out of the project. Refused (upload.in-use) once something was
 * made of them, because every passage and story names where it comes from; and while it is being read (project.busy).
 */
export async function deleteUpload(id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const upload = await tx.upload.findUniqueOrThrow({ where: { id }, include: { job: true } })
    if (upload.job?.state === 'running') throw new MolianError('project.busy', { jobs: 1 })
    if (await isUsed(tx, id)) throw new MolianError('upload.in-use', { file: upload.fileName })
    await tx.upload.delete({ where: { id } })
    // A reading that still waits would find nothing to read.
    if (upload.jobId) await tx.job.delete({ where: { id: upload.jobId } })
  })
  await rm(inHome(artifactPath.upload(id)), { force: true })
}

/** Whether passages or stories were made from an upload, so that it can no longer be deleted. */
export async function isUploadInUse(id: string): Promise<boolean> {
  return isUsed(db(), id)
}

async function isUsed(tx: Prisma.TransactionClient, id: string): Promise<boolean> {
  const [passage, storyRun] = await Promise.all([
    tx.passage.findFirst({ where: { chapter: { novel: { uploadId: id } } }, select: { id: true } }),
    tx.storyRun.findFirst({ where: { testFile: { uploadId: id } }, select: { id: true } }),
  ])
  return passage !== null || storyRun !== null
}

/** Uploads whose sender or server died: the row says so, the piece of file goes. `minutes` without growth count as dead. */
export async function reapUploads(minutes: number): Promise<number> {
  const open = await db().upload.findMany({ where: { state: 'receiving' } })
  let reaped = 0
  for (const upload of open) {
    const part = inHome(`${artifactPath.upload(upload.id)}.part`)
    const touched = await stat(part).then((found) => found.mtimeMs, () => upload.createdAt.getTime())
    if (Date.now() - touched < minutes * 60_000) continue
    await rm(part, { force: true })
    await rm(inHome(artifactPath.upload(upload.id)), { force: true })
    const error = new MolianError('upload.interrupted', { file: upload.fileName })
    await db().upload.updateMany({
      where: { id: upload.id, state: 'receiving' },
      data: { state: 'refused', errorCode: error.code, errorParams: error.params },
    })
    reaped += 1
  }
  return reaped
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}
