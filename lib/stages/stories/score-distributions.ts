import { db } from '@/lib/db'
import { type Distribution, distribution, steps } from '@/lib/scoring/distribution'
import type { Measure } from '@/lib/scoring/measure-kinds'
import { measureName } from '@/lib/scoring/measures'

/** How each measure is spread over a run's stories; one that can be said of none of them is missing. */
export async function scoreDistributions(storyRunId: string): Promise<Partial<Record<Measure, Distribution>>> {
  const shares = Array.from({ length: steps + 1 }, (_, step) => step / steps)
  const rows = await db().$queryRaw<{ measure: string; count: number; mean: number; quantiles: number[] }[]>`
    SELECT key AS measure, count(*)::int AS count, avg(value::float8) AS mean, percentile_disc(${shares}::float8[]) WITHIN GROUP (ORDER BY value::float8) AS quantiles
    FROM story s JOIN story_score c ON c.story_id = s.id, jsonb_each_text(c.measures->'figures')
    WHERE s.story_run_id = ${storyRunId}::uuid AND value IS NOT NULL GROUP BY key`
  const found: Partial<Record<Measure, Distribution>> = {}
  for (const { measure, ...row } of rows) {
    const known = measureName.safeParse(measure)
    if (known.success) found[known.data] = distribution.parse(row)
  }
  return found
}
