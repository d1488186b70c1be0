import { db } from '@/lib/db'
import type { Measure } from '@/lib/scoring/measure-kinds'
import { scoringRules } from '@/lib/scoring/measures'
import { findScoring } from '@/lib/stages/stories/scoring'
import { keptFigures } from '@/lib/stages/submissions/figures'

/** A submission with the score that the challenge gave it and what was measured on its stories: of each measure the mean. */
export type ScorePoint = { id: string; ordinal: number; score: number; means: Partial<Record<Measure, number>> }

/** The submissions of a project whose score was typed in, in their order. One whose stories were not measured while they were its own has no means. */
export async function scorePoints(projectId: string): Promise<ScorePoint[]> {
  const submissions = await db().submission.findMany({
    where: { projectId, challengeScore: { not: null } }, orderBy: { ordinal: 'asc' },
    select: { id: true, ordinal: true, challengeScore: true, figures: true, storiesPrint: true, storyRunId: true },
  })
  return Promise.all(submissions.map(async ({ id, ordinal, challengeScore, figures, storiesPrint, storyRunId }) => {
    const kept = keptFigures.safeParse(figures).data
    // Of one from before this was kept, the run's own figures are the nearest thing.
    const means = kept?.rules === scoringRules ? kept.means : storiesPrint === null ? await meansOfRun(storyRunId) : {}
    return { id, ordinal, score: challengeScore ?? 0, means }
  }))
}

async function meansOfRun(storyRunId: string): Promise<ScorePoint['means']> {
  const distributions = (await findScoring(storyRunId))?.summary?.distributions ?? {}
  return Object.fromEntries(Object.entries(distributions).map(([measure, { mean }]) => [measure, mean]))
}
