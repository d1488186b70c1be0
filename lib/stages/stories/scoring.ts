import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Prisma, StoryScoring } from '@/lib/generated/prisma/client'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { distribution } from '@/lib/scoring/distribution'
import { measureName, scoringRules } from '@/lib/scoring/measures'
import { storySampling } from '@/lib/settings/stories'
import { storiesPrint } from '@/lib/stages/stories/print'
import { targetOfRun } from '@/lib/stages/stories/target'

/** What can be said of a run's stories only together. */
export const scoringSummary = z.object({
  stories: z.number().int(),
  /** How each measure is spread over them; one that can be said of no story is missing. */
  distributions: z.partialRecord(measureName, distribution),
  /** Of each premise with several samples how alike they are, the most alike first. */
  selfBleu: z.array(z.object({ premise: z.string(), samples: z.number().int(), value: z.number() })),
  /** Burrows's Delta to each novel of the dataset, the nearest first; held out: to passages that training has not seen. */
  delta: z.array(z.object({ novel: z.string(), heldOut: z.boolean(), value: z.number() })),
})
export type ScoringSummary = z.infer<typeof scoringSummary>

/** What a scoring was made with. Frozen in its row. */
const scoringSettings = z.strictObject({ target: z.number().int() })

/** What a person may ask the stories to be measured against. */
export const scoringTarget = storySampling.shape.target.unwrap()

/**
 * Queues the scoring of a run's stories; of the same stories, target and rules it is the scoring that is there. They are compared with
 * the dataset that the writing model was tuned on, else with the project's newest. Throws run.missing.
 * @param target characters a story should have; the run's own without it
 */
export async function startScoring(projectId: string, storyRunId: string, target?: number): Promise<{ id: string }> {
  const run = await db().storyRun.findFirst({ where: { id: storyRunId, projectId } })
  if (!run) throw new MolianError('run.missing', { what: 'story run' })
  const chosen = { target: target ?? (await targetOfRun(run)) }
  const datasetVersionId = await comparedWith(projectId, run.modelId)
  const key = workKey('score-stories', storyRunId, chosen, scoringRules, datasetVersionId, await storiesPrint(storyRunId))
  return startOnce(
    key,
    async (id) => ({ id }),
    async (tx, id) => {
      const before = await tx.storyScoring.findUnique({ where: { storyRunId } })
      if (before) await tx.job.delete({ where: { id: before.jobId } })
      // Another target or other passages change every story's figures; the same ones change those only whose text did.
      if (before && (before.datasetVersionId !== datasetVersionId || targetOf(before) !== chosen.target)) {
        await tx.storyScore.deleteMany({ where: { story: { storyRunId } } })
      }
      const job = await insertJob(tx, { name: 'score-stories', projectId, subjectId: id, idempotencyKey: key })
      const run = await tx.storyScoring.create({
        data: { id, projectId, storyRunId, datasetVersionId, settings: chosen, rules: scoringRules, jobId: job.id },
        select: { id: true },
      })
      return { job, run }
    },
  )
}

/** The length that a scoring's stories were measured against. */
export function targetOf(scoring: Pick<StoryScoring, 'settings'>): number {
  return scoringSettings.parse(scoring.settings).target
}

/** A run's scoring, its job, and what it found: null until the stories are measured by the present rules. */
export async function findScoring(storyRunId: string): Promise<FoundScoring | null> {
  const scoring = await db().storyScoring.findUnique({ where: { storyRunId }, include: { job: true, datasetVersion: true } })
  if (!scoring) return null
  const summary = scoring.rules === scoringRules ? (scoringSummary.safeParse(scoring.summary).data ?? null) : null
  return { ...scoring, target: targetOf(scoring), summary }
}

export type FoundScoring = Omit<Prisma.StoryScoringGetPayload<{ include: { job: true; datasetVersion: true } }>, 'summary'> & { target: number; summary: ScoringSummary | null }

async function comparedWith(projectId: string, modelId: string | null): Promise<string | null> {
  const model = modelId === null ? null : await db().model.findUnique({ where: { id: modelId }, include: { adapter: { include: { trainingRun: true } } } })
  const trainedOn = model?.adapter?.trainingRun?.datasetVersionId
  if (trainedOn) return trainedOn
  const newest = await db().datasetVersion.findFirst({ where: { projectId, sha256: { not: null } }, orderBy: { ordinal: 'desc' }, select: { id: true } })
  return newest?.id ?? null
}
