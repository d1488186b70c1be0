import { db } from '@/lib/db'
import type { Measure } from '@/lib/scoring/measure-kinds'
import { scoringRules, storyMeasures, type StoryMeasures } from '@/lib/scoring/measures'

/** A story's measures by the present rules; null until it is measured. */
export async function measuresOf(storyId: number): Promise<StoryMeasures | null> {
  const score = await db().storyScore.findUnique({ where: { storyId } })
  return score?.rules === scoringRules ? (storyMeasures.safeParse(score.measures).data ?? null) : null
}

/** One measure of every story of a run of which it can be said, by the story's id. */
export async function storyFigures(storyRunId: string, measure: Measure): Promise<[id: number, value: number][]> {
  const rows = await db().$queryRaw<{ id: number; value: number }[]>`
    SELECT s.id, (c.measures->'figures'->>${measure})::float8 AS value FROM story s JOIN story_score c ON c.story_id = s.id AND c.rules = ${scoringRules}
    WHERE s.story_run_id = ${storyRunId}::uuid AND c.measures->'figures'->>${measure} IS NOT NULL ORDER BY s.id`
  return rows.map(({ id, value }) => [id, value])
}
