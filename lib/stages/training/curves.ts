import { z } from 'zod'
import { db } from '@/lib/db'
import { readStretches, type StretchSeries } from '@/lib/stages/training/stretches'

/** The curves of a run between two steps, and which attempt of it writes them now, or wrote them last; null where there is no such run. */
export async function readCurves(trainingRunId: string, steps: { fromStep?: number; toStep?: number } = {}): Promise<{ attempt: number; series: StretchSeries[] } | null> {
  if (!z.uuid().safeParse(trainingRunId).success) return null
  const [run, series] = await Promise.all([
    db().trainingRun.findUnique({ where: { id: trainingRunId }, select: { job: { select: { epoch: true } } } }),
    readStretches(trainingRunId, steps),
  ])
  return run && { attempt: run.job.epoch, series }
}
