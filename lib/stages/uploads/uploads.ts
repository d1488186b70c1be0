import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Prisma, UploadFile, UploadFileState, UploadKind } from '@/lib/generated/prisma/client'
import { partOf, statPart } from '@/lib/stages/uploads/part'
import { refuseIfUsed } from '@/lib/stages/uploads/uses'
import { DOUBTFUL } from '@/lib/text/plausibility'

export const uploadKind = z.enum(['novels', 'test'])

/** How a name from outside is shown: no path, no control or direction-changing characters, of bearable length. Never used as a path. */
export function displayName(raw: string): string {
  const base = raw.split(/[\\/]/).pop() ?? ''
  const clean = base.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim()
  return [...clean].slice(0, 120).join('') || 'file'
}

const withJob = { job: true, files: { where: { state: { not: 'skipped' } }, orderBy: { ordinal: 'asc' }, take: 1 } } as const satisfies Prisma.UploadInclude

/**
 * An upload with its job, its first file that is a person's own, and how many files ended how. `received` says what of one that is not whole
 * yet is here, and when the last of it came (ms since 1970).
 */
export type UploadEntry = Prisma.UploadGetPayload<{ include: typeof withJob }> & {
  counts: Record<UploadFileState, number>
  /** Files that were taken and may be garbled all the same. */
  doubtful: number
  received: { bytes: number; at: number } | null
}

/** Uploads of a project, the newest first. */
export async function listUploads(projectId: string, kind?: UploadKind): Promise<UploadEntry[]> {
  return entries({ projectId, ...(kind ? { kind } : {}) })
}

/** One upload; null where there is none, or the id is none. */
export async function readUploadRow(id: string): Promise<UploadEntry | null> {
  return z.uuid().safeParse(id).success ? ((await entries({ id }))[0] ?? null) : null
}

async function entries(where: Prisma.UploadWhereInput): Promise<UploadEntry[]> {
  const [uploads, groups, doubts] = await Promise.all([
    db().upload.findMany({ where, include: withJob, orderBy: { createdAt: 'desc' } }),
    db().uploadFile.groupBy({ by: ['uploadId', 'state'], where: { upload: where }, _count: true }),
    db().uploadFile.groupBy({
      by: ['uploadId'],
      where: { upload: where, form: { not: null }, OR: [{ mojibake: { not: null } }, { plausibility: { lt: DOUBTFUL } }] },
      _count: true,
    }),
  ])
  return Promise.all(
    uploads.map(async (upload) => {
      const counts = { taken: 0, refused: 0, skipped: 0 }
      for (const group of groups) if (group.uploadId === upload.id) counts[group.state] = group._count
      const doubtful = doubts.find(({ uploadId }) => uploadId === upload.id)?._count ?? 0
      return { ...upload, counts, doubtful, received: upload.state === 'receiving' ? await statPart(upload.id) : null }
    }),
  )
}

/** An upload's files in the order of the archive. */
export async function listUploadFiles(uploadId: string, take = 200, skip = 0): Promise<UploadFile[]> {
  return db().uploadFile.findMany({ where: { uploadId }, orderBy: { ordinal: 'asc' }, take, skip })
}

/** The file at a place in an upload's order, from 0; null where there is none. */
export async function findUploadFile(uploadId: string, ordinal: number): Promise<UploadFile | null> {
  return db().uploadFile.findUnique({ where: { uploadId_ordinal: { uploadId, ordinal } } })
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
 * Takes an upload and the novels or test rows it gave out of the project. Refused (upload.used-by-*) once something was
 * made of them, because every passage and story names where it comes from; and while it is being read (upload.being-read).
 */
export async function deleteUpload(id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const upload = await tx.upload.findUniqueOrThrow({ where: { id }, include: { job: true } })
    if (upload.job?.state === 'running') throw new MolianError('upload.being-read', { file: upload.fileName })
    await refuseIfUsed(tx, upload)
    await tx.upload.delete({ where: { id } })
    // A reading that still waits would find nothing to read.
    if (upload.jobId) await tx.job.delete({ where: { id: upload.jobId } })
  })
  await rmFiles(id)
}

/** Uploads whose sender does not come again: the row says so, what came of the file goes. `minutes` without a byte count as that. */
export async function reapUploads(minutes: number): Promise<number> {
  const open = await db().upload.findMany({ where: { state: 'receiving' } })
  let reaped = 0
  for (const upload of open) {
    const touched = (await statPart(upload.id))?.at ?? upload.createdAt.getTime()
    if (Date.now() - touched < minutes * 60_000) continue
    await rmFiles(upload.id)
    const error = new MolianError('upload.interrupted', { file: upload.fileName })
    await db().upload.updateMany({
      where: { id: upload.id, state: 'receiving' },
      data: { state: 'refused', errorCode: error.code, errorParams: error.params },
    })
    reaped += 1
  }
  return reaped
}

async function rmFiles(id: string): Promise<void> {
  for (const file of [partOf(id), inHome(artifactPath.upload(id))]) await rm(file, { force: true })
}
