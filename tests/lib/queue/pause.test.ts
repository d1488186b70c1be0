import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { claimNext, finish, reopen, releaseExpired, requestPause, requestStop, resume } from '@/lib/queue/lease'
import { expectInvariants } from '@/tests/support/invariants'
import { makeJob, readJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
beforeEach(async () => {
  await db().job.deleteMany()
})

const resting = { state: 'paused', pauseReason: 'asked', stopRequest: 'none', owner: null, device: null, leaseUntil: null }

async function claimed(owner = 'a worker') {
  const { id } = await makeJob()
  const job = await claimNext('cpu', owner, null)
  if (job?.id !== id) throw new Error('Not the job that was made')
  return { id, claim: { jobId: id, epoch: job.epoch } }
}

describe('a pause', () => {
  it('that was asked for is not lost with the worker that was to hear of it', async () => {
    const { id } = await claimed('gone')
    await requestPause(id)
    expect(await releaseExpired(['gone'])).toBe(1)
    expect(await readJob(id)).toMatchObject(resting)
    expect(await claimNext('cpu', 'another', null)).toBeNull()
    await expectInvariants(env().databaseUrl)
  })

  it('that came while the worker was going away does not wait for the next one', async () => {
    const { id, claim } = await claimed()
    await requestPause(id)
    expect(await finish(claim, { state: 'queued' })).toBe(true)
    expect(await readJob(id)).toMatchObject({ ...resting, attempts: 0 })
  })

  it('gives way to a cancel', async () => {
    const { id, claim } = await claimed()
    await requestPause(id)
    await requestStop(id, 'cancel')
    expect(await finish(claim, { state: 'paused', why: 'asked' })).toBe(true)
    expect(await readJob(id)).toMatchObject({ state: 'cancelled', pauseReason: null })
    await expectInvariants(env().databaseUrl)
  })

  it('is written by no stale attempt', async () => {
    const { id, claim } = await claimed()
    expect(await finish({ ...claim, epoch: claim.epoch - 1 }, { state: 'paused', why: 'budget' })).toBe(false)
    expect((await readJob(id)).state).toBe('running')
  })

  it('ends with going on; one that nobody has heard of yet is taken back', async () => {
    const { id, claim } = await claimed()
    await requestPause(id)
    expect(await resume(id)).toBeNull()
    expect(await readJob(id)).toMatchObject({ state: 'running', stopRequest: 'none' })
    await finish(claim, { state: 'paused', why: 'budget' })
    expect(await resume(id)).toMatchObject({ id, state: 'queued', pauseReason: null })
    expect((await claimNext('cpu', 'another', null))?.id).toBe(id)
  })
})

describe('a job that has ended', () => {
  it('is opened again together with what makes work for it, or not at all', async () => {
    const { id, claim } = await claimed()
    expect(await reopen(id, async () => {})).toBeNull()
    await finish(claim, { state: 'succeeded', result: {} })
    await expect(reopen(id, () => Promise.reject(new Error('nothing to do')))).rejects.toThrow('nothing to do')
    expect((await readJob(id)).state).toBe('succeeded')
    expect(await reopen(id, async () => {})).toMatchObject({ state: 'queued', result: null, attempts: 0 })
    await expectInvariants(env().databaseUrl)
  })
})
