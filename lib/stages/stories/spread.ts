import { db } from '@/lib/db'

/** How many values lie in [from, to); the last bin takes what is beyond it. */
export type Bin = { from: number; to: number; count: number }

export type StorySpread = {
  /** Stories of which length and repetition are known. */
  stories: number
  /** Characters, as the challenge counts them: the middle story's, and all stories in bins up to twice the target. */
  middle: number
  lengths: Bin[]
  /** Stories within a quarter of the target. */
  near: number
  /** rep-4 of the middle story, 0 to 1, and stories that repeat more than a fifth of themselves. */
  repetition: number
  repetitive: number
}

const bins = 12

/** How long a run's stories are against the target, and how much they repeat themselves, as far as it is written. Null before the first. */
export async function storySpread(storyRunId: string, target: number): Promise<StorySpread | null> {
  const width = Math.max(1, Math.ceil((target * 2) / bins))
  const [[sums], counts] = await Promise.all([
    db().$queryRaw<{ stories: number; middle: number | null; near: number; repetition: number | null; repetitive: number }[]>`
      SELECT count(*)::int AS stories, percentile_cont(0.5) WITHIN GROUP (ORDER BY characters) AS middle,
        count(*) FILTER (WHERE abs(characters - ${target}::int) <= ${target}::int * 0.25)::int AS near,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY repetition) AS repetition, count(*) FILTER (WHERE repetition > 0.2)::int AS repetitive
      FROM story WHERE story_run_id = ${storyRunId}::uuid AND characters IS NOT NULL`,
    db().$queryRaw<{ bin: number; count: number }[]>`
      SELECT least(characters / ${width}::int, ${bins - 1}::int)::int AS bin, count(*)::int AS count
      FROM story WHERE story_run_id = ${storyRunId}::uuid AND characters IS NOT NULL GROUP BY 1`,
  ])
  if (!sums || sums.stories === 0) return null
  const found = new Map(counts.map(({ bin, count }) => [bin, count]))
  return {
    ...sums,
    middle: Math.round(sums.middle ?? 0),
    repetition: sums.repetition ?? 0,
    lengths: Array.from({ length: bins }, (_, at) => ({ from: at * width, to: (at + 1) * width, count: found.get(at) ?? 0 })),
  }
}
