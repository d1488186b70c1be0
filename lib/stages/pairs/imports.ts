import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { z } from 'zod'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { PairImport, Prisma } from '@/lib/generated/prisma/client'
import { type PairReading, pairReadings } from '@/lib/pair-formats/format'
import { insertJob, ring, workKey } from '@/lib/queue/enqueue'
import { nextOrdinal } from '@/lib/stages/ordinal'
import { keepFile } from '@/lib/stages/uploads/keep-file'
import { displayName } from '@/lib/stages/uploads/uploads'

export const pairReadingSchema = z.enum(pairReadings)

export type PairImportEntry = Prisma.PairImportGetPayload<{ include: { job: true } }>

/**
 * Receives a file of pairs as it comes and queues its reading; the very same file again is the import that there is.
 * Throws upload.empty, upload.too-large, upload.disk-full, upload.interrupted.
 */
export async function receivePairs(projectId: string, rawName: string, body: AsyncIterable<Uint8Array>): Promise<PairImport> {
  const fileName = displayName(rawName)
  const id = randomUUID()
  const place = inHome(artifactPath.pairImport(id))
  const { bytes, sha256 } = await keepFile(`${place}.part`, fileName, body)
  try {
    const known = await db().pairImport.findFirst({ where: { projectId, sha256 } })
    if (known) return known
    await rename(`${place}.part`, place)
  } finally {
    await rm(`${place}.part`, { force: true })
  }
  const { job, made } = await db().$transaction(async (tx) => {
    const job = await insertJob(tx, { name: 'read-pairs', projectId, subjectId: id, idempotencyKey: workKey('read-pairs', id) })
    const ordinal = await nextOrdinal(tx, 'pair_import', projectId)
    return { job, made: await tx.pairImport.create({ data: { id, projectId, ordinal, fileName, bytes, sha256, jobId: job.id } }) }
  })
  await ring(job)
  return made
}

/** Reads the file again as what a person says it is, null for what it looks like; words on its pairs are lost with them. */
export async function rereadPairs(projectId: string, id: string, asked: PairReading | null): Promise<void> {
  const found = await db().pairImport.findFirst({ where: { id, projectId }, include: { job: true } })
  if (!found) throw new MolianError('run.missing', { what: 'file of pairs' })
  if (found.job.state === 'running' || found.job.state === 'queued') throw new MolianError('pairs.still-reading', { file: found.fileName })
  const job = await db().$transaction(async (tx) => {
    const made = await insertJob(tx, { name: 'read-pairs', projectId, subjectId: id, idempotencyKey: workKey('read-pairs', id, asked, randomUUID()) })
    await tx.pairImport.update({ where: { id }, data: { asked, jobId: made.id } })
    return made
  })
  await ring(job)
}

/** Removes an import with its pairs and its file; versions keep the pairs that were frozen from it. */
export async function deletePairImport(projectId: string, id: string): Promise<void> {
  const found = await db().pairImport.findFirst({ where: { id, projectId }, include: { job: true } })
  if (!found) throw new MolianError('run.missing', { what: 'file of pairs' })
  if (found.job.state === 'running') throw new MolianError('pairs.still-reading', { file: found.fileName })
  await db().job.delete({ where: { id: found.jobId } })
  await rm(inHome(artifactPath.pairImport(id)), { force: true })
  await announce(db(), { project: projectId, topic: 'pairs', id })
}

/** Newest first. */
export async function listPairImports(projectId: string): Promise<PairImportEntry[]> {
  return db().pairImport.findMany({ where: { projectId }, include: { job: true }, orderBy: { ordinal: 'desc' } })
}

export async function findPairImport(id: string): Promise<PairImportEntry | null> {
  return z.uuid().safeParse(id).success ? db().pairImport.findUnique({ where: { id }, include: { job: true } }) : null
}

/** The rejected records of a file, by line. */
export async function importRejections(pairImportId: string, take: number, after = -1) {
  return db().pairImportRejection.findMany({ where: { pairImportId, ordinal: { gt: after } }, orderBy: { ordinal: 'asc' }, take })
}
