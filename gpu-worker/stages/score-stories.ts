import { db } from '@/lib/db'
import { announce } from '@/lib/events'
import type { Handler } from '@/lib/queue/attempt'
import { characterProfile } from '@/lib/scoring/burrows-delta'
import { measureStory, scoringRules } from '@/lib/scoring/measures'
import type { PassageIndex } from '@/lib/scoring/passage-overlap'
import { rowPremise } from '@/lib/stages/stories/row-premise'
import { scoreDistributions } from '@/lib/stages/stories/score-distributions'
import { type ScoringSummary, targetOf } from '@/lib/stages/stories/scoring'
import { keepFigures } from '@/lib/stages/submissions/figures'
import { indexPassages } from '@/gpu-worker/stages/score-stories/index-passages'
import { deltaToNovels } from '@/gpu-worker/stages/score-stories/novel-styles'
import { samplesOfPremises } from '@/gpu-worker/stages/score-stories/samples'

type Unscored = { id: number; premise: string; text: string; finishReason: string }

/** Stories measured before others get their turn. */
const batch = 200

/** Measures every story that has no figures by the present rules, then what can be said of all of them together. */
export const scoreStories: Handler = async (attempt) => {
  const scoring = await db().storyScoring.findUniqueOrThrow({ where: { id: attempt.subjectId } })
  const { storyRunId, datasetVersionId } = scoring
  const target = targetOf(scoring)
  const total = await db().story.count({ where: { storyRunId } })
  let done = await db().storyScore.count({ where: { story: { storyRunId }, rules: scoringRules } })
  let index: PassageIndex | null | undefined
  attempt.progress({ done, total, phase: 'measuring' })
  for (let afterId = 0; ;) {
    const stories = await unscored(storyRunId, afterId)
    const last = stories.at(-1)
    if (!last) break
    index ??= datasetVersionId ? await indexPassages(datasetVersionId) : null
    const scores = stories.map(({ id, text, premise, finishReason }) => ({
      storyId: id, rules: scoringRules, measures: measureStory({ text, premise, finishReason, target, overlap: index?.overlapOf(text) ?? null }),
    }))
    await attempt.write(async (tx) => {
      // What changed meanwhile has another id and comes again further on.
      const there = await tx.$queryRaw<{ id: number }[]>`SELECT id FROM story WHERE id = ANY(${scores.map(({ storyId }) => storyId)}) FOR KEY SHARE`
      const ids = new Set(there.map(({ id }) => id))
      await tx.storyScore.deleteMany({ where: { storyId: { in: [...ids] } } })
      await tx.storyScore.createMany({ data: scores.filter(({ storyId }) => ids.has(storyId)) })
      await announce(tx, { project: attempt.projectId, topic: 'stories', id: storyRunId })
    })
    afterId = last.id
    done += stories.length
    attempt.progress({ done, total, phase: 'measuring' })
    attempt.signal.throwIfAborted()
  }

  const profile = characterProfile(await allText(storyRunId))
  const delta = datasetVersionId ? await deltaToNovels(attempt, datasetVersionId, profile) : []
  const summary: ScoringSummary = { stories: total, distributions: await scoreDistributions(storyRunId), selfBleu: await samplesOfPremises(attempt, storyRunId), delta }
  const commonest = Object.fromEntries([...profile].toSorted((one, other) => other[1] - one[1]).slice(0, 1_000))
  await attempt.write(async (tx) => {
    await tx.storyScoring.update({ where: { id: scoring.id }, data: { summary, profile: commonest }, select: { id: true } })
    await keepFigures(tx, storyRunId)
  })
  return { stories: total }
}

function unscored(storyRunId: string, afterId: number): Promise<Unscored[]> {
  return db().$queryRaw<Unscored[]>`
    SELECT s.id, ${rowPremise} AS premise, s.text, s.finish_reason AS "finishReason"
    FROM story s JOIN test_row r ON r.id = s.test_row_id LEFT JOIN story_score c ON c.story_id = s.id AND c.rules = ${scoringRules}
    WHERE s.story_run_id = ${storyRunId}::uuid AND s.id > ${afterId} AND c.story_id IS NULL ORDER BY s.id LIMIT ${batch}`
}

/** A style is known after some hundred thousand characters: more of a huge run is not read. */
async function allText(storyRunId: string): Promise<string> {
  const stories = await db().story.findMany({ where: { storyRunId }, orderBy: { testRowId: 'asc' }, take: 2_000, select: { text: true } })
  return stories.map(({ text }) => text).join('\n')
}
