import { db } from '@/lib/db'

/**
 * How fast a run was written: rows begun, tries, and their tokens, over the milliseconds from the first request to the last answer of
 * each attempt of its job. What was written again, continued or edited later is left out.
 */
export type WritingPace = { rows: number; tries: number; tokens: number; ms: number }

/** How fast this run was written so far; all zero before the first answer. */
export async function writingPace(storyRunId: string): Promise<WritingPace> {
  const [row] = await db().$queryRaw<WritingPace[]>`
    SELECT coalesce(sum(rows), 0)::int AS rows, coalesce(sum(tries), 0)::int AS tries, coalesce(sum(tokens), 0)::float8 AS tokens, coalesce(sum(ms), 0)::float8 AS ms
    FROM (
      SELECT count(DISTINCT test_row_id) AS rows, count(*) AS tries, coalesce(sum(completion_tokens), 0) AS tokens,
        extract(epoch FROM max(at) - min(at - latency_ms * interval '1 millisecond')) * 1000 AS ms
      FROM story_try WHERE story_run_id = ${storyRunId}::uuid AND kind = 'written' AND story_rewrite_id IS NULL GROUP BY epoch
    ) AS attempts`
  return row ?? { rows: 0, tries: 0, tokens: 0, ms: 0 }
}
