import { rm } from 'node:fs/promises'
import path from 'node:path'
import { inHome } from '@/lib/artifacts'
import { db, type Tx } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import type { Model } from '@/lib/generated/prisma/client'
import { folderBytes } from '@/lib/models/disk-use'
import { adapterName, withOrigin } from '@/lib/stages/models/merging'
import { modelDirectory } from '@/lib/stages/models'

/** What deleting a model or an adapter takes and touches, for the question before it. */
export type Deletion = {
  name: string
  bytes: number
  /** Adapters that could be merged or trained on no more, by name. */
  adapters: string[]
  /** Models merged of it, which are whole without it. */
  merged: string[]
  /** Runs that it was used in; they stay as they are. */
  runs: { training: number; stories: number; premises: number }
  /** What waits or runs and needs it. */
  busy: string[]
  /** Lies outside of the home, so that it is its owner's to delete. */
  isElsewhere: boolean
}

/** Null for a model that is not there any more. */
export async function modelDeletion(id: string): Promise<Deletion | null> {
  const model = await db().model.findUnique({ where: { id } })
  if (!model || model.deletedAt) return null
  const [bytes, busy, adapters, merged, training, stories, premises] = await Promise.all([
    folderBytes(modelDirectory(model)),
    busyWithModel(db(), id),
    db().adapter.findMany({ where: { deletedAt: null, OR: [{ trainingRun: { baseModelId: id } }, { import: { baseModelId: id } }] }, include: withOrigin, orderBy: { createdAt: 'asc' } }),
    db().model.findMany({ where: { baseId: id, deletedAt: null, sha256: { not: null } }, select: { name: true } }),
    db().trainingRun.count({ where: { baseModelId: id } }),
    db().storyRun.count({ where: { modelId: id } }),
    db().premiseRun.count({ where: { modelId: id } }),
  ])
  return { name: model.name, bytes, adapters: adapters.map(adapterName), merged: merged.map(({ name }) => name), runs: { training, stories, premises }, busy, isElsewhere: path.isAbsolute(model.directory) }
}

/**
 * Deletes a model's files. Its row stays while anything was made from it or with it, so that this keeps saying from what. Throws
 * run.missing, model.elsewhere, and model.in-use with what waits or runs.
 */
export async function deleteModel(id: string): Promise<void> {
  const directory = await db().$transaction(async (tx) => {
    // Whoever starts work with the model holds its row too: one of the two is first.
    await tx.$queryRaw`SELECT 1 FROM model WHERE id = ${id}::uuid FOR UPDATE`
    const model = await tx.model.findUnique({ where: { id } })
    if (!model || model.deletedAt) throw new MolianError('run.missing', { what: 'model' })
    if (path.isAbsolute(model.directory)) throw new MolianError('model.elsewhere', { path: model.directory })
    await refuseBusy(model.name, await busyWithModel(tx, id))
    if (await isReferenced(tx, id)) await tx.model.update({ where: { id }, data: { deletedAt: new Date(), ...(model.kind === 'merged' ? { sha256: null, bytes: null } : {}) } })
    else await dropRow(tx, model)
    await announce(tx, { project: null, topic: 'job', id })
    return model.directory
  })
  await rm(inHome(directory), { recursive: true, force: true })
}

/** With its merge's job, whose key would otherwise find the model again. */
async function dropRow(tx: Tx, model: Model): Promise<void> {
  if (model.jobId === null) await tx.model.delete({ where: { id: model.id } })
  else await tx.job.delete({ where: { id: model.jobId } })
}

async function isReferenced(tx: Tx, id: string): Promise<boolean> {
  const model = await tx.model.findUniqueOrThrow({ where: { id }, select: { _count: true } })
  return Object.values(model._count).some((count) => count > 0)
}

export async function adapterDeletion(id: string): Promise<Deletion | null> {
  const adapter = await db().adapter.findUnique({ where: { id }, include: { ...withOrigin, mergedModel: true } })
  if (!adapter || adapter.deletedAt) return null
  const merged = adapter.mergedModel && !adapter.mergedModel.deletedAt && adapter.mergedModel.sha256 ? [adapter.mergedModel.name] : []
  const [bytes, busy] = await Promise.all([folderBytes(inHome(adapter.directory)), busyWithAdapter(db(), id)])
  return { name: adapterName(adapter), bytes, adapters: [], merged, runs: { training: 0, stories: 0, premises: 0 }, busy, isElsewhere: false }
}

/** Deletes an adapter's files; its run, and a model merged of it, stay. Throws run.missing and model.in-use. */
export async function deleteAdapter(id: string): Promise<void> {
  const directory = await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM adapter WHERE id = ${id}::uuid FOR UPDATE`
    const adapter = await tx.adapter.findUnique({ where: { id }, include: { ...withOrigin, mergedModel: true } })
    if (!adapter || adapter.deletedAt) throw new MolianError('run.missing', { what: 'adapter' })
    await refuseBusy(adapterName(adapter), await busyWithAdapter(tx, id))
    // Of an imported one without a model nothing is left that would need its row.
    if (adapter.import && !adapter.mergedModel) await tx.job.delete({ where: { id: adapter.import.jobId } })
    else await tx.adapter.update({ where: { id }, data: { deletedAt: new Date() } })
    await announce(tx, { project: adapter.trainingRun?.projectId ?? null, topic: 'job', id })
    return adapter.directory
  })
  await rm(inHome(directory), { recursive: true, force: true })
}

async function refuseBusy(name: string, busy: string[]): Promise<void> {
  if (busy.length > 0) throw new MolianError('model.in-use', { name, jobs: busy.join(', ') })
}

const live = { state: { in: ['queued' as const, 'running' as const, 'paused' as const] } }
const numbered = { ordinal: true, project: { select: { name: true } } } as const

async function busyWithModel(tx: Tx | ReturnType<typeof db>, id: string): Promise<string[]> {
  // One after another: a transaction has one connection.
  const training = await tx.trainingRun.findMany({ where: { baseModelId: id, job: live }, select: numbered })
  const stories = await tx.storyRun.findMany({ where: { modelId: id, job: live }, select: numbered })
  const premises = await tx.premiseRun.findMany({ where: { modelId: id, job: live }, select: numbered })
  const plays = await tx.play.findMany({ where: { columns: { some: { job: live, OR: [{ modelId: id }, { adapter: { OR: [{ trainingRun: { baseModelId: id } }, { import: { baseModelId: id } }] } }] } } }, select: numbered })
  const counts = await tx.tokenCount.findMany({ where: { modelId: id, job: live }, select: { project: { select: { name: true } } } })
  const merges = await tx.model.findMany({ where: { job: live, OR: [{ id }, { baseId: id }] }, select: { name: true } })
  const imports = await tx.adapterImport.findMany({ where: { baseModelId: id, job: live }, select: { name: true } })
  const served = await tx.serving.findMany({ where: { modelId: id, job: live }, select: { model: { select: { name: true } } } })
  const runs = [...training, ...stories, ...premises, ...plays].map((run) => `${run.project.name} ${run.ordinal}`)
  return [...new Set([...runs, ...counts.map((count) => count.project.name), ...merges.map(({ name }) => name), ...imports.map(({ name }) => name), ...served.map(({ model }) => model.name)])]
}

async function busyWithAdapter(tx: Tx | ReturnType<typeof db>, id: string): Promise<string[]> {
  const merges = await tx.model.findMany({ where: { adapterId: id, job: live }, select: { name: true } })
  const served = await tx.serving.findMany({ where: { adapterIds: { has: id }, job: live }, select: { model: { select: { name: true } } } })
  const plays = await tx.play.findMany({ where: { columns: { some: { job: live, adapterId: id } } }, select: numbered })
  return [...merges.map(({ name }) => name), ...served.map(({ model }) => model.name), ...plays.map((play) => `${play.project.name} ${play.ordinal}`)]
}
