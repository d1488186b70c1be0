import { afterEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { MolianError } from '@/lib/errors'
import { claimNext, fenced, finish, heartbeat, LeaseLost, owners, releaseExpired, reportProgress, requestStop, requeue, unrung } from '@/lib/queue/lease'
import { expectInvariants } from '@/tests/support/invariants'
import { makeJob, readJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()

afterEach(async () => {
  await expectInvariants(env().databaseUrl)
  await db().project.deleteMany()
})

async function claimed(name: 'make-submission' | 'train-adapter' = 'make-submission') {
  const { id, lane } = await makeJob(name)
  const job = await claimNext(lane, 'host:1:1', lane === 'gpu' ? 'host/cpu' : null)
  if (job?.id !== id) throw new Error('The job was not claimed')
  return { job, claim: { jobId: id, epoch: job.epoch } }
}

async function expireLease(id: string): Promise<void> {
  await db().$executeRaw`UPDATE job SET lease_until = now() - interval '1 second' WHERE id = ${id}::uuid`
}

async function logLines(jobId: string): Promise<string[]> {
  return (await db().logLine.findMany({ where: { jobId } })).map(({ text }) => text)
}

const write = (claim: { jobId: string; epoch: number }, text: string) =>
  fenced(claim, (tx) => tx.logLine.create({ data: { ...claim, source: 'test', text } }))

test('twenty workers that claim at once get each job exactly once, the oldest first', async () => {
  const jobs = []
  for (let index = 0; index < 5; index += 1) jobs.push(await makeJob())
  const claims = await Promise.all(Array.from({ length: 20 }, (_, index) => claimNext('cpu', `host:${index}:1`, null)))
  const got = claims.flatMap((job) => (job ? [job.id] : []))
  expect(got.toSorted()).toEqual(jobs.map(({ id }) => id).toSorted())
  expect(await claimNext('cpu', 'host:1:1', null)).toBeNull()
})

test('a device runs one job, whoever claims; another device takes the next', async () => {
  await makeJob('train-adapter')
  await makeJob('merge-adapter')
  const onOne = await Promise.all(Array.from({ length: 8 }, (_, index) => claimNext('gpu', `host:${index}:1`, 'host/cuda:0')))
  expect(onOne.filter((job) => job !== null)).toHaveLength(1)
  expect(await claimNext('gpu', 'other:1:1', 'other/cuda:0')).toMatchObject({ state: 'running', device: 'other/cuda:0' })
})

test('the database itself refuses a second running job on a device', async () => {
  await claimed('train-adapter')
  const second = await makeJob('merge-adapter')
  await expect(db().job.update({ where: { id: second.id }, data: { state: 'running', device: 'host/cpu' } })).rejects.toThrow()
})

test('every claim has an epoch of its own, and an attempt of an earlier epoch writes nothing', async () => {
  const { claim: stale } = await claimed()
  await expireLease(stale.jobId)
  expect(await releaseExpired()).toBe(1)
  const again = await claimNext('cpu', 'host:2:1', null)
  const fresh = { jobId: stale.jobId, epoch: again?.epoch ?? 0 }
  expect(fresh.epoch).toBe(stale.epoch + 1)

  await expect(write(stale, 'stale')).rejects.toBeInstanceOf(LeaseLost)
  await expect(reportProgress(stale, { done: 9, total: 9 })).rejects.toBeInstanceOf(LeaseLost)
  expect(await heartbeat(stale)).toBeNull()
  expect(await finish(stale, { state: 'succeeded', result: { from: 'stale' } })).toBe(false)
  await write(fresh, 'fresh')
  expect(await logLines(stale.jobId)).toEqual(['fresh'])
  expect(await readJob(stale.jobId)).toMatchObject({ state: 'running', progressDone: 0, result: null })
})

test('what a fenced write began is undone when it fails', async () => {
  const { claim } = await claimed()
  const failing = fenced(claim, async (tx) => {
    await tx.logLine.create({ data: { ...claim, source: 'test', text: 'half' } })
    throw new Error('in the middle')
  })
  await expect(failing).rejects.toThrow('in the middle')
  expect(await logLines(claim.jobId)).toEqual([])
})

test('an attempt in the middle of a fenced write is not taken for gone, even when its lease is over', async () => {
  const { claim } = await claimed()
  await expireLease(claim.jobId)
  await fenced(claim, async () => {
    expect(await releaseExpired()).toBe(0)
  })
  expect(await heartbeat(claim)).toBe('none')
  expect(await releaseExpired()).toBe(0)
})

test('a heartbeat keeps the job, by the clock of the database', async () => {
  const { claim } = await claimed()
  expect(await heartbeat(claim)).toBe('none')
  expect(await releaseExpired()).toBe(0)
  expect(await owners()).toEqual(['host:1:1'])
})

test('the jobs of an owner known to be dead are released before their lease is over', async () => {
  const { claim } = await claimed()
  expect(await releaseExpired(['host:2:1'])).toBe(0)
  expect(await releaseExpired(['host:1:1'])).toBe(1)
  expect(await readJob(claim.jobId)).toMatchObject({ state: 'queued', owner: null, device: null, leaseUntil: null })
})

test('a job whose workers die every time is given up at its cap, with the reason', async () => {
  const { id, maxAttempts } = await makeJob()
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    expect(await claimNext('cpu', 'host:1:1', null)).toMatchObject({ id, attempts: attempt })
    await releaseExpired(['host:1:1'])
  }
  expect(await readJob(id)).toMatchObject({ state: 'failed', errorCode: 'job.attempts-used-up', errorParams: { attempts: maxAttempts } })
  expect(await claimNext('cpu', 'host:1:1', null)).toBeNull()
})

test('a worker that goes away in good order gives its attempt back', async () => {
  const { claim } = await claimed()
  expect(await finish(claim, { state: 'queued' })).toBe(true)
  expect(await readJob(claim.jobId)).toMatchObject({ state: 'queued', attempts: 0, epoch: 1, rungAt: null })
})

test('cancelling a queued job ends it at once', async () => {
  const { id } = await makeJob()
  await requestStop(id, 'cancel')
  expect(await readJob(id)).toMatchObject({ state: 'cancelled' })
  expect(await claimNext('cpu', 'host:1:1', null)).toBeNull()
})

test('a running job hears of its cancelling with the next heartbeat', async () => {
  const { claim } = await claimed()
  await requestStop(claim.jobId, 'cancel')
  expect(await heartbeat(claim)).toBe('cancel')
  expect(await finish(claim, { state: 'cancelled' })).toBe(true)
  expect(await readJob(claim.jobId)).toMatchObject({ state: 'cancelled', owner: null })
})

test('a cancelled job whose worker dies or goes away is cancelled, not run again', async () => {
  const { claim: dying } = await claimed()
  await requestStop(dying.jobId, 'cancel')
  await releaseExpired(['host:1:1'])
  expect(await readJob(dying.jobId)).toMatchObject({ state: 'cancelled' })

  const { claim: leaving } = await claimed()
  await requestStop(leaving.jobId, 'cancel')
  expect(await finish(leaving, { state: 'queued' })).toBe(true)
  expect(await readJob(leaving.jobId)).toMatchObject({ state: 'cancelled', owner: null })
})

test('stop-and-keep before the first attempt has nothing to keep; between attempts it waits for the next', async () => {
  const { id } = await makeJob()
  await requestStop(id, 'keep')
  expect(await readJob(id)).toMatchObject({ state: 'cancelled' })

  const { claim } = await claimed()
  await finish(claim, { state: 'queued' })
  await requestStop(claim.jobId, 'keep')
  const next = await claimNext('cpu', 'host:2:1', null)
  expect(next).toMatchObject({ id: claim.jobId, stopRequest: 'keep' })
})

test('an ended job is not stopped again, and one that never was is said to be missing', async () => {
  const { claim } = await claimed()
  await finish(claim, { state: 'succeeded', result: {} })
  await requestStop(claim.jobId, 'cancel')
  expect(await readJob(claim.jobId)).toMatchObject({ state: 'succeeded', stopRequest: 'none' })
  await expect(requestStop('00000000-0000-7000-8000-000000000000', 'cancel')).rejects.toMatchObject({ code: 'job.missing' })
})

test('a failure says what and why, and trying again starts with a clean slate', async () => {
  const { claim } = await claimed()
  await finish(claim, { state: 'failed', error: new MolianError('process.killed', { program: 'train_adapter.py' }) })
  expect(await readJob(claim.jobId)).toMatchObject({ state: 'failed', errorCode: 'process.killed', errorText: expect.stringContaining('137') })
  expect(await requeue(claim.jobId)).toMatchObject({ state: 'queued', attempts: 0, errorCode: null, errorText: null })
  expect(await requeue(claim.jobId)).toBeNull()
})

test('only queued work without a recent bell is to be rung for', async () => {
  const { id } = await makeJob()
  expect(await unrung(10)).toEqual([{ id, lane: 'cpu' }])
  await db().$executeRaw`UPDATE job SET rung_at = now() WHERE id = ${id}::uuid`
  expect(await unrung(10)).toEqual([])
  await db().$executeRaw`UPDATE job SET rung_at = now() - interval '11 seconds' WHERE id = ${id}::uuid`
  expect(await unrung(10)).toEqual([{ id, lane: 'cpu' }])
})
