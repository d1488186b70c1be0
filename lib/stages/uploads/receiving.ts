import { mkdir, rm, statfs } from 'node:fs/promises'
import path from 'node:path'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { Upload, UploadKind } from '@/lib/generated/prisma/client'
import { fingerprintOf, fingerprintOnDisk, shownBytes } from '@/lib/stages/uploads/fingerprint'
import { diskFullOr, keepWhole, partOf, statPart } from '@/lib/stages/uploads/part'
import { queueReading } from '@/lib/stages/uploads/reading'
import { WritingPart } from '@/lib/stages/uploads/writing'
import { displayName } from '@/lib/stages/uploads/uploads'

/** How far an upload is: `offset` of its `bytes` are here. Its state is past `receiving` once the last byte has come. */
export type Received = { id: string; state: Upload['state']; offset: number; bytes: number }

/** A file as its sender offers it; `ends` is what shownBytes says of its beginning and end. */
export type FileOffer = { name: string; bytes: number; ends: Uint8Array }

/**
 * Begins to receive a file, or goes on with one that a lost connection, a closed page or a killed server left
 * half: same size, same beginning, same end, same purpose. Its bytes follow by `appendUpload`.
 * Throws upload.empty, upload.too-large, upload.other-file, upload.disk-full.
 */
export async function beginUpload(projectId: string, kind: UploadKind, offer: FileOffer): Promise<Received> {
  const name = displayName(offer.name)
  const { bytes, ends } = offer
  if (bytes === 0) throw new MolianError('upload.empty', { file: name })
  requireSize(name, bytes)
  if (ends.length !== shownBytes(bytes)) throw new MolianError('upload.other-file', { file: name })
  const fingerprint = fingerprintOf(bytes, ends)
  const row = await db().$transaction(async (tx) => {
    // Two tabs that offer the same file at once get the same row.
    await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${projectId}::uuid FOR UPDATE`
    const half = await tx.upload.findFirst({ where: { projectId, kind, fingerprint, state: 'receiving' }, orderBy: { createdAt: 'desc' } })
    return half ?? (await tx.upload.create({ data: { projectId, kind, fileName: name, bytes, fingerprint } }))
  })
  const offset = (await statPart(row.id))?.bytes ?? 0
  await requireSpace(name, bytes - offset)
  return { id: row.id, state: row.state, offset, bytes }
}

/** How far an upload is, whoever sends it. Throws run.missing when it is gone. */
export async function receivedOf(uploadId: string): Promise<Received> {
  const upload = await findUpload(uploadId)
  const bytes = Number(upload.bytes)
  return { id: upload.id, state: upload.state, offset: upload.state === 'receiving' ? ((await statPart(upload.id))?.bytes ?? 0) : bytes, bytes }
}

/**
 * Appends what a sender has from `offset` on; what is on disk already is compared, not written again. With the last byte the
 * whole is hashed, proved to begin and end as it was offered, and its reading queued. A second sender of the same upload takes
 * over from the first. Throws upload.offset where bytes between would be missing, upload.other-file where they are another
 * file's, upload.interrupted when the sender goes away (what came stays), upload.disk-full.
 */
export async function appendUpload(uploadId: string, offset: number, body: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<Received> {
  const offered = await findUpload(uploadId)
  if (offered.state !== 'receiving') return receivedOf(uploadId)
  const writing = await WritingPart.takeOver(offered)
  const { fileName } = offered
  const bytes = Number(offered.bytes)
  try {
    // Whoever wrote before may have sent the last byte: then it is whole, though the answer was lost.
    const upload = await findUpload(uploadId)
    if (upload.state !== 'receiving') {
      if (writing.size === 0) await rm(partOf(uploadId), { force: true })
      return await receivedOf(uploadId)
    }
    await writing.append(offset, body, signal)
    if (writing.size < bytes) return { id: uploadId, state: 'receiving', offset: writing.size, bytes }
    if ((await fingerprintOnDisk(partOf(uploadId), bytes)) !== upload.fingerprint) {
      await discardUpload(uploadId)
      throw new MolianError('upload.other-file', { file: fileName })
    }
    const sha256 = await writing.finish()
    await keepWhole(uploadId)
    const queued = await queueReading(upload, { sha256, bytes })
    return { id: queued.id, state: queued.state, offset: bytes, bytes }
  } catch (error) {
    throw diskFullOr(error, fileName)
  } finally {
    await writing.close()
  }
}

/** Gives up an upload that is not whole yet; nothing of it stays. */
export async function discardUpload(uploadId: string): Promise<void> {
  const upload = await findUpload(uploadId)
  const { count } = await db().upload.deleteMany({ where: { id: uploadId, state: 'receiving' } })
  if (count === 0) return
  WritingPart.end(uploadId)
  for (const file of [partOf(uploadId), inHome(artifactPath.upload(uploadId))]) await rm(file, { force: true })
  await announce(db(), { project: upload.projectId, topic: 'upload', id: uploadId })
}

/** Throws upload.too-large for a file over the limit. */
export function requireSize(file: string, bytes: number): void {
  const limit = env().uploadLimit
  if (bytes > limit) throw new MolianError('upload.too-large', { file, limit: `${Math.floor(limit / 1024 / 1024)} MiB` })
}

async function findUpload(uploadId: string): Promise<Upload> {
  const upload = await db().upload.findUnique({ where: { id: uploadId } })
  if (!upload) throw new MolianError('run.missing', { what: 'upload' })
  return upload
}

/** Refuses before the first byte what would fill the disk. */
async function requireSpace(file: string, bytes: number): Promise<void> {
  const folder = path.dirname(inHome(artifactPath.upload('any')))
  await mkdir(folder, { recursive: true })
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < bytes) throw new MolianError('upload.disk-full', { file })
}
