import { describe, expect, it } from 'vitest'
import { waitForJob } from '@/bin/whole-job/wait-for-job'
import { pool } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { claimNext, finish, reportProgress, requestStop } from '@/lib/queue/lease'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()

async function claimed() {
  const job = await makeJob()
  const running = await claimNext('cpu', 'this test', null)
  if (running?.id !== job.id) throw new Error('Another job was claimed')
  return { id: job.id, claim: { jobId: job.id, epoch: running.epoch } }
}

describe('waitForJob', () => {
  it('tells each step and ends with the job', async () => {
    const { id, claim } = await claimed()
    const seen: string[] = []
    const waiting = waitForJob(id, (job) => {
      seen.push(`${job.state} ${job.progressDone}`)
      // Each step is taken when the one before it was seen.
      if (seen.length === 1) void reportProgress(claim, { done: 3, total: 9 })
      else if (job.progressDone === 3) void finish(claim, { state: 'succeeded', result: { rows: 9 } })
    })
    expect(await waiting).toMatchObject({ state: 'succeeded', result: { rows: 9 } })
    expect([seen[0], seen.at(-1)]).toEqual(['running 0', 'succeeded 3'])
    expect(await waitForJob(id, () => {})).toMatchObject({ state: 'succeeded' })
  })

  it('throws the job’s own error, in words', async () => {
    const { id, claim } = await claimed()
    await finish(claim, { state: 'failed', error: new MolianError('stories.wrong-model', { served: 'a', asked: 'b' }) })
    await expect(waitForJob(id, () => {})).rejects.toMatchObject({ code: 'stories.wrong-model', params: { served: 'a', asked: 'b' } })
  })

  it('says that a job was cancelled or is gone', async () => {
    const job = await makeJob()
    await requestStop(job.id, 'cancel')
    await expect(waitForJob(job.id, () => {})).rejects.toMatchObject({ code: 'job.cancelled', params: { name: 'make-submission' } })
    await expect(waitForJob('00000000-0000-7000-8000-000000000000', () => {})).rejects.toMatchObject({ code: 'job.missing' })
  })

  it('hears on after its connection was lost', async () => {
    const { id, claim } = await claimed()
    let seen = 0
    const waiting = waitForJob(id, () => {
      seen += 1
      if (seen > 1) return
      void pool().query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN molian' AND datname = current_database()`)
        .then(() => finish(claim, { state: 'succeeded', result: {} }))
    })
    expect((await waiting).state).toBe('succeeded')
  })
})
