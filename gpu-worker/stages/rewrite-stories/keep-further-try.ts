import type { Tx } from '@/lib/db'
import type { RewriteRule } from '@/lib/settings/rewrites'
import { bestTry } from '@/lib/stages/stories/best-try'
import { knownTry } from '@/lib/stages/stories/known-try'
import { holdStories, putTries, recountTries, replaceStory, type NewTry } from '@/lib/stages/stories/put-story'
import { premiseOf } from '@/lib/text/test-row'
import type { Row } from '@/gpu-worker/stages/write-stories/story-question'

export type FurtherTry = { row: Row; tried: NewTry }

/**
 * Keeps one more try of a row that has a story, under the next free number, and lets the measures choose anew, unless a person chose:
 * then only what goes on from that very choice takes its place. The same try a second time changes nothing.
 */
export async function keepFurtherTry(tx: Tx, storyRunId: string, epoch: number, { row, tried }: FurtherTry, measure: { target: number; rule: RewriteRule }): Promise<void> {
  await holdStories(tx, storyRunId)
  await tx.$queryRaw`SELECT id FROM story WHERE story_run_id = ${storyRunId}::uuid AND test_row_id = ${row.id} FOR UPDATE`
  const where = { storyRunId_testRowId: { storyRunId, testRowId: row.id } }
  const [story, rows] = await Promise.all([
    tx.story.findUniqueOrThrow({ where, select: { tryNumber: true, chosenByPerson: true } }),
    tx.storyTry.findMany({ where: { storyRunId, testRowId: row.id }, orderBy: { number: 'asc' } }),
  ])
  if (rows.some((known) => known.storyRewriteId === tried.storyRewriteId && known.seed === tried.seed)) return
  const added = { ...tried, number: rows.length + 1 }
  await putTries(tx, storyRunId, epoch, [added])
  const all = [...rows.map(knownTry), added]
  const goesOn = added.kind === 'continued' && added.fromNumber === story.tryNumber && added.outcome === 'good'
  const stays = story.chosenByPerson && !goesOn
  const best = goesOn && story.chosenByPerson ? added : bestTry(all, { premise: premiseOf(row), target: measure.target, adherenceBelow: measure.rule.adherenceBelow })
  if (stays || best.number === story.tryNumber) await recountTries(tx, storyRunId, row.id, all.length)
  else await replaceStory(tx, storyRunId, { tried: best, attempts: all.length, byPerson: story.chosenByPerson })
}
