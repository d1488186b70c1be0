import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { canRetry, findJob, listJobs, progressOf } from '@/lib/stages/jobs'
import { makeJob, makeProject } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds))

describe('progressOf', () => {
  it.each([
    ['has not begun', { state: 'queued', startedAt: null }, 100, { elapsedMs: 0, remainingMs: null }],
    ['has nothing done', { state: 'running', startedAt: at(0), phaseAt: at(0), progressDone: 0, progressTotal: 10 }, 30, { elapsedMs: 30_000, remainingMs: null }],
    ['is a quarter done', { state: 'running', startedAt: at(0), phaseAt: at(0), progressDone: 5, progressTotal: 20 }, 10, { elapsedMs: 10_000, remainingMs: 30_000 }],
    ['does not know its total', { state: 'running', startedAt: at(0), phaseAt: at(0), progressDone: 5, progressTotal: 0 }, 10, { remainingMs: null }],
    ['is all done and not ended', { state: 'running', startedAt: at(0), phaseAt: at(0), progressDone: 5, progressTotal: 5 }, 10, { remainingMs: null }],
    ['has ended', { state: 'succeeded', startedAt: at(0), finishedAt: at(7), progressDone: 5, progressTotal: 5 }, 100, { elapsedMs: 7_000, remainingMs: null }],
    ['began by a clock ahead of ours', { state: 'running', startedAt: at(20), phaseAt: at(20), progressDone: 1, progressTotal: 2 }, 10, { elapsedMs: 0, remainingMs: 0 }],
  ] as const)('of a job that %s', async (_, changes, now, progress) => {
    expect(progressOf({ ...(await makeJob()), ...changes }, at(now))).toMatchObject(progress)
  })
})

describe('canRetry', () => {
  it.each([
    ['cancelled', null, true],
    ['failed', 'internal', true],
    ['failed', 'upload.disk-full', true],
    ['failed', 'upload.interrupted', true],
    ['failed', 'upload.nothing-accepted', false],
    ['failed', 'upload.binary', false],
    ['running', null, false],
  ] as const)('of a %s job with %s is %s', (state, errorCode, can) => expect(canRetry({ state, errorCode })).toBe(can))
})

describe('jobs', () => {
  it('are listed by state and project, the waiting oldest first and the ended newest first', async () => {
    const projectId = await makeProject()
    const jobs = [await makeJob('cut-passages', projectId), await makeJob('freeze-dataset', projectId), await makeJob('make-submission', projectId)]
    const ids = async (...args: Parameters<typeof listJobs>) => (await listJobs(...args)).map(({ id }) => id)
    expect(await ids(['queued'], { projectId })).toEqual(jobs.map(({ id }) => id))
    for (const [index, job] of jobs.entries()) await db().job.update({ where: { id: job.id }, data: { state: index === 1 ? 'failed' : 'succeeded', finishedAt: at(index), errorCode: 'internal', errorText: 'x' } })
    expect(await ids(['succeeded', 'failed', 'cancelled'], { projectId })).toEqual([jobs[2]?.id, jobs[1]?.id, jobs[0]?.id])
    expect(await ids(['failed'], { projectId })).toEqual([jobs[1]?.id])
    expect(await ids(['succeeded', 'failed'], { projectId, take: 1, skip: 1 })).toEqual([jobs[1]?.id])
    expect((await findJob(jobs[0]?.id ?? ''))?.project?.id).toBe(projectId)
    expect(await findJob('../x')).toBeNull()
  })
})
