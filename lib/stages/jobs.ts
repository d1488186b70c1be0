import { z } from 'zod'
import { db } from '@/lib/db'
import type { ErrorCode } from '@/lib/error-sentences'
import type { Job, JobState, Prisma } from '@/lib/generated/prisma/client'
import { ring } from '@/lib/queue/enqueue'
import { requestStop, requeue } from '@/lib/queue/lease'

const numbered = { select: { ordinal: true } } as const

const withProject = {
  project: { select: { id: true, name: true } },
  upload: { select: { fileName: true, kind: true } },
  duplicateSearch: numbered,
  passageSet: { select: { ordinal: true, name: true } },
  premiseRun: numbered,
  premiseTrial: numbered,
  datasetVersion: numbered,
  trainingRun: numbered,
  mergedModel: { select: { name: true } },
  modelDownload: { select: { repository: true } },
  adapterImport: { select: { name: true } },
  serving: { select: { id: true, model: { select: { name: true } } } },
  storyRun: numbered,
  storyRewrite: { select: { storyRunId: true, storyRun: numbered } },
  playColumns: { take: 1, select: { play: numbered } },
  submission: numbered,
} as const

export type JobWithProject = Prisma.JobGetPayload<{ include: typeof withProject }>

/** Which of its kind a job works on: a file's, a model's or a passage set's name, or a run's number. Null when the row is gone. */
export function subjectOf(job: JobWithProject): string | number | null {
  const run = job.duplicateSearch ?? job.passageSet ?? job.premiseRun ?? job.premiseTrial ?? job.datasetVersion ?? job.trainingRun ?? job.storyRun ?? job.storyRewrite?.storyRun ?? job.playColumns[0]?.play ?? job.submission
  return job.upload?.fileName ?? job.mergedModel?.name ?? job.modelDownload?.repository ?? job.adapterImport?.name ?? job.serving?.model.name ?? job.passageSet?.name ?? run?.ordinal ?? null
}

export type JobProgress = { done: number; total: number; phase: string | null; elapsedMs: number; remainingMs: number | null }

/** Whether a job counts sizes (kilobytes of a file, thousands of characters) and not things: then only its share says something. */
export function countsSizes(name: string): boolean {
  return name === 'read-upload' || name === 'find-duplicates' || name === 'download-model' || name === 'import-adapter'
}

/** How far a job is. Remaining is the pace of its present phase carried on, known once something of it is done. */
export function progressOf(job: Job, now: Date = new Date()): JobProgress {
  const end = job.finishedAt ?? now
  const elapsedMs = job.startedAt ? Math.max(0, end.getTime() - job.startedAt.getTime()) : 0
  const { progressDone: done, progressTotal: total } = job
  const doneInPhase = done - job.phaseDone
  const isPaced = job.state === 'running' && job.phaseAt !== null && doneInPhase > 0 && total > done
  const phaseMs = job.phaseAt ? Math.max(0, now.getTime() - job.phaseAt.getTime()) : 0
  return { done, total, phase: job.phase, elapsedMs, remainingMs: isPaced ? Math.round((phaseMs / doneInPhase) * (total - done)) : null }
}

/** How fast a job that counts kibibytes goes in its present phase, in bytes a second; null while nothing is known. */
export function bytesPerSecond(job: Job, now: Date = new Date()): number | null {
  const seconds = job.phaseAt ? (now.getTime() - job.phaseAt.getTime()) / 1000 : 0
  const done = job.progressDone - job.phaseDone
  return job.state === 'running' && seconds > 0 && done > 0 ? (done * 1024) / seconds : null
}

/** Jobs in any of these states: those that have ended newest first, others in the order in which they are taken. `take` is 50 unless given. */
export async function listJobs(states: JobState[], filter: { projectId?: string; take?: number; skip?: number } = {}): Promise<JobWithProject[]> {
  const terminal = states.every((state) => state === 'succeeded' || state === 'failed' || state === 'cancelled')
  return db().job.findMany({
    where: { state: { in: states }, ...(filter.projectId ? { projectId: filter.projectId } : {}) },
    include: withProject,
    orderBy: terminal ? { finishedAt: 'desc' } : [{ queuePlace: 'asc' }, { id: 'asc' }],
    take: filter.take ?? 50,
    skip: filter.skip ?? 0,
  })
}

/** How many jobs are in these states; of one project or of all. */
export async function countJobs(states: JobState[], projectId?: string): Promise<number> {
  return db().job.count({ where: { state: { in: states }, ...(projectId ? { projectId } : {}) } })
}

export async function findJob(id: string): Promise<JobWithProject | null> {
  return z.uuid().safeParse(id).success ? db().job.findUnique({ where: { id }, include: withProject }) : null
}

export async function cancelJob(id: string): Promise<void> {
  await requestStop(id, 'cancel')
}

/** Codes of an upload that failed for a reason outside its file, so that trying again can help. */
const passingUploadFaults: readonly string[] = ['upload.disk-full', 'upload.interrupted'] satisfies ErrorCode[]

/** Whether another attempt can end otherwise: not where the uploaded file itself is wrong. */
export function canRetry(job: Pick<Job, 'state' | 'errorCode'>): boolean {
  if (job.state === 'cancelled') return true
  if (job.state !== 'failed') return false
  const atFile = job.errorCode?.startsWith('upload.') || job.errorCode?.startsWith('entry.')
  return !atFile || passingUploadFaults.includes(job.errorCode ?? '')
}

/** Goes on with a failed or cancelled job; what it had finished is kept. */
export async function retryJob(id: string): Promise<void> {
  const job = await requeue(id)
  if (job) await ring(job)
}
