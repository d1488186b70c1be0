import { z } from 'zod'
import { db } from '@/lib/db'

export type MetricSeries = { name: string; points: { step: number; value: number }[] }

const query = z.object({ afterStep: z.int().min(-1).default(-1), maxPoints: z.int().min(2).max(1_500).default(1_500) })

/**
 * The metrics of a run after a step, one series a name, at most `maxPoints` points each. What is more is thinned: of each
 * stretch of steps its lowest and its highest value stay, so that no spike is lost.
 */
export async function readMetrics(trainingRunId: string, options: z.input<typeof query> = {}): Promise<MetricSeries[]> {
  const { afterStep, maxPoints } = query.parse(options)
  type Row = { name: string; lowest: [number, number]; highest: [number, number] }
  const rows = await db().$queryRaw<Row[]>`
    WITH wanted AS (SELECT step, name, value FROM metric WHERE training_run_id = ${trainingRunId}::uuid AND step > ${afterStep}),
      stretch AS (SELECT greatest(1, ceil((max(step) - min(step) + 1) / ${maxPoints / 2}::float8))::int AS steps, min(step) AS first FROM wanted)
    SELECT name, min(ARRAY[value, step]) AS lowest, max(ARRAY[value, step]) AS highest
    FROM wanted, stretch GROUP BY name, (step - first) / stretch.steps ORDER BY name, min(step)`
  const series = new Map<string, MetricSeries>()
  for (const { name, lowest, highest } of rows) {
    const ends = [lowest, highest].map(([value, step]) => ({ step, value })).sort((a, b) => a.step - b.step)
    const points = series.get(name)?.points ?? []
    if (points.length === 0) series.set(name, { name, points })
    for (const point of ends) if (points.at(-1)?.step !== point.step) points.push(point)
  }
  return [...series.values()]
}
