import { z } from 'zod'
import { db } from '@/lib/db'
import { readStretches, type StretchSeries } from '@/lib/stages/training/stretches'

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

/** The curves of a run between two steps, and which attempt of it writes them now, or wrote them last; null where there is no such run. */
export async function readCurves(trainingRunId: string, steps: { fromStep?: number; toStep?: number } = {}): Promise<{ attempt: number; series: StretchSeries[] } | null> {
  if (!z.uuid().safeParse(trainingRunId).success) return null
  const [run, series] = await Promise.all([
    db().trainingRun.findUnique({ where: { id: trainingRunId }, select: { job: { select: { epoch: true } } } }),
    readStretches(trainingRunId, steps),
  ])
  return run && { attempt: run.job.epoch, series }
}
