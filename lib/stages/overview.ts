import { db } from '@/lib/db'
import type { Prisma } from '@/lib/generated/prisma/client'
import { stageNames, type StageName } from '@/lib/stages/names'
import { stageOf } from '@/lib/stages/stage-of'
import { uploadKind } from '@/lib/stages/uploads/uploads'

const include = { upload: { select: { kind: true } } } as const

export type LiveJob = Prisma.JobGetPayload<{ include: typeof include }>

/** How far a stage of a project is: what it has, of the pairs also what came in files, the job that works on it, and its last job where that failed or waits, paused, for a person. */
export type StageStanding = { stage: StageName; count: number; imported: number; live: LiveJob | null; failed: LiveJob | null }

/** The seven stages of a project as they stand, in their order. */
export async function projectStanding(projectId: string): Promise<StageStanding[]> {
  const [counts, files, jobs] = await Promise.all([countsOf(projectId), db().pairImport.aggregate({ where: { projectId }, _sum: { accepted: true } }), newestJobs(projectId)])
  return stageNames.map((stage) => {
    // A play has a bar of its own on its page: it is no part of the stage's work.
    const own = jobs.filter((job) => stageOf(job) === stage && job.name !== 'play')
    // A trial that failed says something of itself, nothing of the stage.
    const newest = own.find((job) => job.name !== 'try-premises')
    return {
      stage,
      count: counts[stage],
      imported: stage === 'pairs' ? (files._sum.accepted ?? 0) : 0,
      live: own.find((job) => job.state === 'running') ?? own.find((job) => job.state === 'queued') ?? null,
      failed: newest?.state === 'failed' || newest?.state === 'paused' ? newest : null,
    }
  })
}

/** Jobs that run or wait, the running ones first: what the header shows. */
export async function liveJobs(): Promise<LiveJob[]> {
  const jobs = await db().job.findMany({ where: { state: { in: ['running', 'queued'] } }, include, orderBy: { queuedAt: 'asc' } })
  return jobs.sort((a, b) => Number(b.state === 'running') - Number(a.state === 'running'))
}

/** Of each kind of work (and of files read) the newest job, and every one that still runs or waits; newest first. */
async function newestJobs(projectId: string): Promise<LiveJob[]> {
  const [live, last, ...readings] = await Promise.all([
    db().job.findMany({ where: { projectId, state: { in: ['running', 'queued'] } }, include }),
    db().job.findMany({ where: { projectId }, include, orderBy: [{ name: 'asc' }, { queuedAt: 'desc' }], distinct: ['name'] }),
    ...uploadKind.options.map((kind) => db().job.findFirst({ where: { projectId, upload: { kind } }, include, orderBy: { queuedAt: 'desc' } })),
  ])
  const byId = new Map([...live, ...last, ...readings.filter((job) => job !== null)].map((job) => [job.id, job]))
  return [...byId.values()].sort((a, b) => b.queuedAt.getTime() - a.queuedAt.getTime())
}

/** What each stage's newest result holds. */
async function countsOf(projectId: string): Promise<Record<StageName, number>> {
  const newest = { where: { projectId }, orderBy: { ordinal: 'desc' }, select: { id: true } } as const
  const [novels, passages, premiseRun, dataset, training, storyRun, submissions] = await Promise.all([
    db().novel.count({ where: { projectId, upload: { state: 'ready' } } }),
    db().passageSet.findFirst({ where: { projectId, job: { state: 'succeeded' } }, orderBy: { ordinal: 'desc' }, select: { kept: true } }),
    db().premiseRun.findFirst(newest),
    db().datasetVersion.findFirst({ where: { projectId, sha256: { not: null } }, orderBy: { ordinal: 'desc' } }),
    db().adapter.count({ where: { trainingRun: { projectId } } }),
    // Those that were written here: what came with a file is a submission.
    db().storyRun.findFirst({ ...newest, where: { projectId, promptVersionId: { not: null } } }),
    db().submission.count({ where: { projectId, sha256: { not: null } } }),
  ])
  const [premises, stories] = await Promise.all([
    premiseRun ? db().premise.count({ where: { premiseRunId: premiseRun.id, outcome: 'good' } }) : 0,
    storyRun ? db().story.count({ where: { storyRunId: storyRun.id, outcome: 'good' } }) : 0,
  ])
  return {
    novels,
    passages: passages?.kept ?? 0,
    premises,
    pairs: dataset ? dataset.trainingPairs + dataset.validationPairs : 0,
    training,
    stories,
    submissions,
  }
}
