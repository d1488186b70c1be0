import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { AdapterImport, AdapterSource, Prisma } from '@/lib/generated/prisma/client'
import { insertJob, ring, workKey } from '@/lib/queue/enqueue'
import { resolveModel } from '@/lib/stages/models'
import { keepFile } from '@/lib/stages/uploads/keep-file'
import { displayName } from '@/lib/stages/uploads/uploads'

const whole = { job: true, baseModel: true } as const

export type AdapterImportEntry = Prisma.AdapterImportGetPayload<{ include: typeof whole }>

export const adapterImportForm = z.object({ name: z.string().trim().max(80).default(''), baseModel: z.string().min(1) })

/** Queues the import of an adapter that lies in a folder of this machine. Throws model.folder-relative, and what resolveModel throws. */
export async function importFromFolder(form: z.input<typeof adapterImportForm>, folder: string): Promise<AdapterImport> {
  const { name, baseModel } = adapterImportForm.parse(form)
  const text = folder.trim()
  if (!path.isAbsolute(text)) throw new MolianError('model.folder-relative', { path: text })
  const directory = path.resolve(text)
  const base = await resolveModel(baseModel)
  return queue(randomUUID(), { name: name || path.basename(directory), source: 'folder', origin: directory, baseModelId: base.id })
}

/**
 * Receives an archive of an adapter as it comes and queues its import. Throws upload.empty, upload.too-large, upload.disk-full,
 * upload.interrupted, and what resolveModel throws.
 */
export async function importFromArchive(form: z.input<typeof adapterImportForm>, rawName: string, body: AsyncIterable<Uint8Array>): Promise<AdapterImport> {
  const { name, baseModel } = adapterImportForm.parse(form)
  const base = await resolveModel(baseModel)
  const fileName = displayName(rawName)
  const id = randomUUID()
  await keepFile(inHome(artifactPath.adapterArchive(id)), fileName, body)
  return queue(id, { name: name || fileName.replace(/\.(zip|tar)$/i, ''), source: 'archive', origin: fileName, baseModelId: base.id })
}

async function queue(id: string, values: { name: string; source: AdapterSource; origin: string; baseModelId: string }): Promise<AdapterImport> {
  const { job, made } = await db().$transaction(async (tx) => {
    const job = await insertJob(tx, { name: 'import-adapter', projectId: null, subjectId: id, idempotencyKey: workKey('import-adapter', id) })
    return { job, made: await tx.adapterImport.create({ data: { id, ...values, jobId: job.id } }) }
  })
  await ring(job)
  return made
}

/** Those that are not adapters yet, or were refused; newest first. */
export async function openImports(): Promise<AdapterImportEntry[]> {
  return db().adapterImport.findMany({ where: { job: { state: { not: 'succeeded' } } }, include: whole, orderBy: { createdAt: 'desc' } })
}

/** Takes a refused or waiting import away, with what was uploaded for it. Throws download.running. */
export async function discardImport(id: string): Promise<void> {
  const found = await db().adapterImport.findUnique({ where: { id } })
  if (!found) return
  const { count } = await db().job.deleteMany({ where: { id: found.jobId, state: { in: ['failed', 'cancelled', 'queued', 'paused'] } } })
  if (count === 0) throw new MolianError('download.running', { what: found.name })
  for (const place of [artifactPath.adapterArchive(id), artifactPath.importedAdapter(id)]) await rm(inHome(place), { recursive: true, force: true })
  await announce(db(), { project: null, topic: 'job', id: found.jobId })
}
