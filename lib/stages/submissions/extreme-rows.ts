import { db } from '@/lib/db'
import { type Measure, measureKinds } from '@/lib/scoring/measure-kinds'
import { storyFigures } from '@/lib/stages/stories/story-scores'
import { premiseOf } from '@/lib/text/test-row'

export type ExtremeRow = { id: number; ordinal: number; premise: string; text: string; figure: number; edited: boolean }

/** A run's best and worst stories by one measure, `count` of each at most and none in both; of a trait the largest come first. */
export async function extremeRows(storyRunId: string, measure: Measure, count = 3): Promise<{ best: ExtremeRow[]; worst: ExtremeRow[] }> {
  const sign = measureKinds[measure].better === 'less' ? 1 : -1
  const sorted = (await storyFigures(storyRunId, measure)).toSorted(([, one], [, other]) => sign * (one - other))
  const best = sorted.slice(0, Math.min(count, Math.ceil(sorted.length / 2)))
  const worst = sorted.slice(Math.max(best.length, sorted.length - count)).toReversed()
  const stories = await db().story.findMany({ where: { id: { in: [...best, ...worst].map(([id]) => id) } }, include: { testRow: { include: { storyTries: { where: { storyRunId, kind: 'edited' }, select: { number: true } } } } } })
  const whole = ([id, figure]: [number, number]) => stories.flatMap((story) => (story.id === id ? [{ id, figure, text: story.text, ordinal: story.testRow.ordinal, premise: premiseOf(story.testRow), edited: story.testRow.storyTries.some(({ number }) => number === story.tryNumber) }] : []))
  return { best: best.flatMap(whole), worst: worst.flatMap(whole) }
}
