import { artifactPath } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Model, Prisma } from '@/lib/generated/prisma/client'
import { insertJob, ring, startOnce, workKey } from '@/lib/queue/enqueue'
import { reopen } from '@/lib/queue/lease'

/** An adapter with where it is from: a run's base is the run's, an imported one's the one it was checked against. */
export const withOrigin = { trainingRun: { include: { baseModel: true, project: true } }, import: { include: { baseModel: true } } } as const

export type AdapterWithOrigin = Prisma.AdapterGetPayload<{ include: typeof withOrigin }>

/** The base an adapter is for. */
export function baseOf(adapter: AdapterWithOrigin): Model {
  const base = adapter.trainingRun?.baseModel ?? adapter.import?.baseModel
  if (!base) throw new MolianError('internal', { reason: `adapter ${adapter.id} is of no run and no import` })
  return base
}

/** What an adapter is called: its project and the run's number, or the name it was imported under. */
export function adapterName({ trainingRun, import: imported }: AdapterWithOrigin): string {
  return trainingRun ? `${trainingRun.project.name} ${trainingRun.ordinal}` : (imported?.name ?? '')
}

/** Where the model that it is merged into lies, relative to the home. */
export function mergedDirectory(adapter: Pick<AdapterWithOrigin, 'id' | 'trainingRunId'>): string {
  return artifactPath.mergedModel(adapter.trainingRunId ?? adapter.id)
}

/**
 * Queues the merging of an adapter into its base; the same adapter gives the same model, once more where that was deleted.
 * Throws run.missing, model.deleted where the base's files are gone and adapter.deleted where its own are.
 */
export async function startMerge(adapterId: string): Promise<Model> {
  const adapter = await db().adapter.findUnique({ where: { id: adapterId }, include: { ...withOrigin, mergedModel: true } })
  if (!adapter) throw new MolianError('run.missing', { what: 'adapter' })
  const [base, name] = [baseOf(adapter), adapterName(adapter)]
  if (adapter.deletedAt) throw new MolianError('adapter.deleted', { name })
  if (base.deletedAt) throw new MolianError('model.deleted', { name: base.name })
  const known = adapter.mergedModel
  if (known?.deletedAt && known.jobId) return mergeAgain(known.id, known.jobId)
  const key = workKey('merge-adapter', adapterId, adapter.sha256)
  return startOnce(
    key,
    () => db().model.findUniqueOrThrow({ where: { adapterId } }),
    async (tx) => {
      const job = await insertJob(tx, { name: 'merge-adapter', projectId: adapter.trainingRun?.projectId ?? null, subjectId: adapterId, idempotencyKey: key })
      const run = await tx.model.create({
        data: { kind: 'merged', name, directory: mergedDirectory(adapter), baseId: base.id, adapterId, jobId: job.id, family: base.family, licence: base.licence },
      })
      return { job, run }
    },
  )
}

async function mergeAgain(modelId: string, jobId: string): Promise<Model> {
  const job = await reopen(jobId, async (tx) => void (await tx.model.update({ where: { id: modelId }, data: { deletedAt: null } })))
  if (job) await ring(job)
  return db().model.findUniqueOrThrow({ where: { id: modelId } })
}
