import { z } from 'zod'
import { db } from '@/lib/db'
import { readStretches } from '@/lib/stages/training/stretches'

export type MetricSeries = { name: string; points: { step: number; value: number }[] }

const query = z.object({ afterStep: z.int().min(-1).default(-1), maxPoints: z.int().min(2).max(1_500).default(1_500) })

/**
 * The metrics of a run after a step, one series a name, at most `maxPoints` points each. What is more is thinned: of each
 * stretch of steps its lowest and its highest value stay, so that no spike is lost.
 */
export async function readMetrics(trainingRunId: string, options: z.input<typeof query> = {}): Promise<MetricSeries[]> {
  const { afterStep, maxPoints } = query.parse(options)
  const series = await readStretches(trainingRunId, { fromStep: afterStep + 1, most: Math.floor(maxPoints / 2) })
  return series.map(({ name, stretches }) => ({
    name,
    points: stretches.flatMap(({ low, lowStep, high, highStep }) => {
      const ends = [{ step: lowStep, value: low }, { step: highStep, value: high }].sort((a, b) => a.step - b.step)
      return lowStep === highStep ? ends.slice(1) : ends
    }),
  }))
}

/** Which attempt of a run writes its metrics now, or wrote them last; null where there is no such run. */
export async function attemptOf(trainingRunId: string): Promise<number | null> {
  if (!z.uuid().safeParse(trainingRunId).success) return null
  const run = await db().trainingRun.findUnique({ where: { id: trainingRunId }, select: { job: { select: { epoch: true } } } })
  return run?.job.epoch ?? null
}
