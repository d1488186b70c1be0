import { db } from '@/lib/db'
import type { JobState } from '@/lib/generated/prisma/client'
import { jobNameSchema, type JobName } from '@/lib/queue/jobs'

export const stageNames = ['novels', 'passages', 'premises', 'pairs', 'training', 'stories', 'submissions'] as const
export type StageName = (typeof stageNames)[number]

/** A stage as the rail shows it: nothing yet, how many, how far its running job is, or that it needs someone. */
export type StageState =
  | { stage: StageName; state: 'nothing' }
  | { stage: StageName; state: 'count'; count: number }
  | { stage: StageName; state: 'waiting'; count: number }
  | { stage: StageName; state: 'running'; count: number; done: number; total: number }
  | { stage: StageName; state: 'attention'; count: number; errorCode: string | null }

const stageOfJob: Record<JobName, StageName> = {
  'read-upload': 'novels',
  'cut-passages': 'passages',
  'write-premises': 'premises',
  'freeze-dataset': 'pairs',
  'train-adapter': 'training',
  'merge-adapter': 'training',
  'write-stories': 'stories',
  'make-submission': 'submissions',
}

type NewestJob = { name: string; state: JobState; progressDone: number; progressTotal: number; errorCode: string | null; queuedAt: Date }

/** The seven stages of a project with what each holds and how its newest job stands. */
export async function readStages(projectId: string): Promise<StageState[]> {
  const [counts, jobs] = await Promise.all([
    countStages(projectId),
    db().$queryRaw<NewestJob[]>`
      SELECT DISTINCT ON (name) name, state, progress_done AS "progressDone", progress_total AS "progressTotal", error_code AS "errorCode", queued_at AS "queuedAt"
      FROM job WHERE project_id = ${projectId}::uuid ORDER BY name, (state IN ('running', 'queued')) DESC, queued_at DESC`,
  ])
  return stageNames.map((stage) => {
    const own = jobs.filter((job) => stageOfJob[jobNameSchema.parse(job.name)] === stage)
    return stateOf(stage, counts[stage], own)
  })
}

function stateOf(stage: StageName, count: number, jobs: NewestJob[]): StageState {
  const running = jobs.find((job) => job.state === 'running')
  if (running) return { stage, state: 'running', count, done: running.progressDone, total: running.progressTotal }
  if (jobs.some((job) => job.state === 'queued')) return { stage, state: 'waiting', count }
  const newest = [...jobs].sort((a, b) => b.queuedAt.getTime() - a.queuedAt.getTime())[0]
  if (newest?.state === 'failed') return { stage, state: 'attention', count, errorCode: newest.errorCode }
  return count === 0 ? { stage, state: 'nothing' } : { stage, state: 'count', count }
}

async function countStages(projectId: string): Promise<Record<StageName, number>> {
  const done = { job: { state: 'succeeded' as const } }
  const [novels, sets, premises, datasets, training, stories, submissions] = await Promise.all([
    db().novel.count({ where: { projectId } }),
    db().passageSet.findFirst({ where: { projectId, ...done }, orderBy: { ordinal: 'desc' } }),
    db().premise.count({ where: { premiseRun: { projectId }, outcome: 'good' } }),
    db().datasetVersion.findFirst({ where: { projectId, ...done }, orderBy: { ordinal: 'desc' } }),
    db().adapter.count({ where: { trainingRun: { projectId } } }),
    db().story.count({ where: { storyRun: { projectId }, outcome: 'good' } }),
    db().submission.count({ where: { projectId, ...done } }),
  ])
  const pairs = datasets ? datasets.trainingPairs + datasets.validationPairs : 0
  return { novels, passages: sets?.kept ?? 0, premises, pairs, training, stories, submissions }
}
