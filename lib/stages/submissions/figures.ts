import { z } from 'zod'
import type { Tx } from '@/lib/db'
import { measureName, scoringRules } from '@/lib/scoring/measures'
import { scoringSummary, targetOf } from '@/lib/stages/stories/scoring'
import { storiesPrint } from '@/lib/stages/stories/print'

/** What was measured on a submission's stories while they were its run's: of each measure its mean, against which target, by which rules. */
export const keptFigures = z.object({ rules: z.number().int(), target: z.number().int(), means: z.partialRecord(measureName, z.number()) })
export type KeptFigures = z.infer<typeof keptFigures>

/**
 * Keeps the figures of a run's stories as they are now with those submissions that are of the same stories: once a story is changed they
 * are the run's no longer. Does nothing before the stories are measured.
 */
export async function keepFigures(tx: Tx, storyRunId: string): Promise<void> {
  const scoring = await tx.storyScoring.findUnique({ where: { storyRunId } })
  const summary = scoring?.rules === scoringRules ? scoringSummary.safeParse(scoring.summary).data : undefined
  if (!scoring || !summary) return
  const means = Object.fromEntries(Object.entries(summary.distributions).map(([measure, { mean }]) => [measure, mean]))
  const figures: KeptFigures = { rules: scoringRules, target: targetOf(scoring), means: keptFigures.shape.means.parse(means) }
  await tx.submission.updateMany({ where: { storyRunId, storiesPrint: await storiesPrint(storyRunId, tx) }, data: { figures } })
}
