import { db, type Tx } from '@/lib/db'
import type { Prisma, TrainingRun } from '@/lib/generated/prisma/client'
import { insertJob, startOnce } from '@/lib/queue/enqueue'
import { nextOrdinal } from '@/lib/stages/ordinal'

type NewRun = Omit<Prisma.TrainingRunUncheckedCreateInput, 'id' | 'ordinal' | 'jobId'>

/** Queues a training run once per `key`; `also` writes, in the same transaction, what the run begins with. */
export async function queueTraining(key: string, values: NewRun, also: (tx: Tx, id: string) => Promise<void> = async () => {}): Promise<TrainingRun> {
  return startOnce(
    key,
    (id) => db().trainingRun.findUniqueOrThrow({ where: { id } }),
    async (tx, id) => {
      const job = await insertJob(tx, { name: 'train-adapter', projectId: values.projectId, subjectId: id, idempotencyKey: key })
      const ordinal = await nextOrdinal(tx, 'training_run', values.projectId)
      const run = await tx.trainingRun.create({ data: { ...values, id, ordinal, jobId: job.id } })
      await also(tx, id)
      return { job, run }
    },
  )
}
