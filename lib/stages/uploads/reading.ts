import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import { Prisma, type Upload, type UploadFile } from '@/lib/generated/prisma/client'
import { insertJob, ring, workKey } from '@/lib/queue/enqueue'
import { requeue } from '@/lib/queue/lease'
import { rememberWords } from '@/lib/stages/uploads/remember-words'
import { waitingWords } from '@/lib/stages/uploads/remembered-words'
import { refuseIfUsed } from '@/lib/stages/uploads/uses'
import type { TextEncoding } from '@/lib/text/encoding'
import { CANDIDATE_BYTES, encodingCandidates, type EncodingCandidate } from '@/lib/text/encoding-candidates'
import { sampleOf } from '@/lib/text/open-records'
import { openSource } from '@/lib/text/open-source'

/**
 * Queues the reading of a file that has come whole. The same bytes for the same purpose are read once: then the upload
 * that was first is returned, and this one's row and file go.
 */
export async function queueReading(upload: Upload, received: { sha256: string; bytes: number }): Promise<Upload> {
  const { id, projectId, kind } = upload
  const queued = await db().$transaction(async (tx) => {
    // Of two senders of the same file at once the second finds the first one's.
    await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${projectId}::uuid FOR UPDATE`
    const known = await tx.upload.findFirst({ where: { projectId, kind, sha256: received.sha256, state: { in: ['reading', 'ready'] } } })
    if (known) {
      await tx.upload.delete({ where: { id } })
      await announce(tx, { project: projectId, topic: 'upload', id })
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

/**
 * Reads an upload again as a person says: one of its files, or all of them, in this encoding; `null` leaves it to what
 * is detected. What was read of it before is replaced, unless it reads the same; what a person had said of it is kept
 * aside and carried over (carryOver).
 * Refused while it is being read (upload.being-read) and once something was made of it (upload.used-*).
 */
export async function readAgain(uploadId: string, encoding: TextEncoding | null, fileOrdinal?: number): Promise<void> {
  const job = await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM upload WHERE id = ${uploadId}::uuid FOR UPDATE`
    const upload = await tx.upload.findUniqueOrThrow({ where: { id: uploadId }, include: { job: true } })
    const isBusy = upload.state === 'receiving' || upload.job?.state === 'running' || upload.job?.state === 'queued' || upload.job?.state === 'paused'
    if (isBusy) throw new MolianError('upload.being-read', { file: upload.fileName })
    await refuseIfUsed(tx, upload)
    const chosen = await tx.uploadFile.updateMany({ where: { uploadId, ordinal: fileOrdinal, state: { not: 'skipped' } }, data: { chosenEncoding: encoding } })
    // A file that was refused before it was opened has no row yet.
    if (chosen.count === 0) throw new MolianError('run.missing', { what: 'upload' })
    const next = await insertJob(tx, { name: 'read-upload', projectId: upload.projectId, subjectId: uploadId, idempotencyKey: workKey('read-upload', uploadId, randomUUID()) })
    const words = [...waitingWords.parse(upload.waitingWords), ...(await rememberWords(tx, uploadId))]
    await tx.upload.update({
      where: { id: uploadId },
      data: { state: 'reading', jobId: next.id, errorCode: null, errorParams: Prisma.DbNull, waitingWords: words.length > 0 ? words : Prisma.DbNull },
    })
    // Its result is what is being replaced; a job without its upload would say nothing.
    if (upload.jobId) await tx.job.delete({ where: { id: upload.jobId } })
    await announce(tx, { project: upload.projectId, topic: 'upload', id: uploadId })
    return next
  })
  await ring(job)
}

/** How the beginning of one of an upload's files reads in every encoding, the most plausible first; null where it is none that could be read. */
export async function candidatesOf(upload: Upload, file: Pick<UploadFile, 'ordinal'>): Promise<EncodingCandidate[] | null> {
  try {
    for await (const source of openSource(inHome(artifactPath.upload(upload.id)), upload.fileName, { unpackedBytes: env().uploadLimit })) {
      if (source.ordinal !== file.ordinal) continue
      return 'chunks' in source ? encodingCandidates(await sampleOf(source, CANDIDATE_BYTES)) : null
    }
    return null
  } catch (error) {
    if (error instanceof MolianError) return null
    throw error
  }
}
