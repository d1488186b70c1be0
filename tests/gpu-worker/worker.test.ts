import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { afterEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { MolianError } from '@/lib/errors'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import { insertJob, ring } from '@/lib/queue/enqueue'
import { LeaseLost, requestStop } from '@/lib/queue/lease'
import { startWorker, type RunningWorker } from '@/gpu-worker/worker'
import { forEveryJob } from '@/tests/support/handlers'
import { expectInvariants } from '@/tests/support/invariants'
import { hasEnded, makeJob, makeProject, readJob, untilJob, untilSucceeded } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()

let worker: RunningWorker | undefined

afterEach(async () => {
  await worker?.stop()
  worker = undefined
  await expectInvariants(env().databaseUrl)
  await db().project.deleteMany()
})

async function start(handler: Handler): Promise<void> {
  worker = await startWorker(forEveryJob(handler))
}

/** A point that a test waits for. */
function gate(): { reached: Promise<void>; open: () => void } {
  let open = () => {}
  const reached = new Promise<void>((resolve) => {
    open = resolve
  })
  return { reached, open }
}

const untilAborted: Handler = async ({ signal }) => {
  if (!signal.aborted) await once(signal, 'abort')
  throw signal.reason
}

test('a job delivered ten times runs once', async () => {
  const runs: string[] = []
  await start(async ({ jobId }) => {
    runs.push(jobId)
    return { done: 1 }
  })
  const job = await makeJob()
  await Promise.all(Array.from({ length: 10 }, () => ring(job)))
  expect(await untilSucceeded(job.id)).toMatchObject({ result: { done: 1 }, attempts: 1, owner: null, phase: null })
  expect(runs).toEqual([job.id])
})

test('an emptied queue loses nothing: neither the job that runs nor those that wait', async () => {
  const started = gate()
  const emptied = gate()
  await start(async () => {
    started.open()
    await emptied.reached
    return {}
  })
  const jobs = [await makeJob('merge-adapter'), await makeJob('merge-adapter'), await makeJob('merge-adapter')]
  for (const job of jobs) await ring(job)
  await started.reached
  const redis = new Redis(env().redisUrl)
  await redis.flushdb()
  redis.disconnect()
  emptied.open()
  for (const job of jobs) await untilSucceeded(job.id)
})

test('work that was never rung for is found by the sweep', async () => {
  await start(async () => ({}))
  const job = await makeJob()
  await untilSucceeded(job.id, 15_000)
})

test('a cancelled job ends as cancelled, at once', async () => {
  const started = gate()
  await start(async (attempt) => {
    started.open()
    return untilAborted(attempt)
  })
  const job = await makeJob('train-adapter')
  await ring(job)
  await started.reached
  const asked = Date.now()
  await requestStop(job.id, 'cancel')
  expect(await untilJob(job.id, hasEnded)).toMatchObject({ state: 'cancelled', errorCode: null, owner: null, device: null })
  expect(Date.now() - asked).toBeLessThan(2_000)
})

test('stop-and-keep reaches the handler, whose result is kept', async () => {
  const started = gate()
  await start(async ({ keepRequested }) => {
    started.open()
    await keepRequested
    return { kept: true }
  })
  const job = await makeJob('train-adapter')
  await ring(job)
  await started.reached
  await requestStop(job.id, 'keep')
  expect(await untilSucceeded(job.id)).toMatchObject({ result: { kept: true } })
})

test('a failure keeps its code, what it is about, and a sentence', async () => {
  await start(async ({ jobId }) => {
    throw new MolianError('process.killed', { program: jobId })
  })
  const job = await makeJob()
  await ring(job)
  expect(await untilJob(job.id, hasEnded)).toMatchObject({
    state: 'failed',
    errorCode: 'process.killed',
    errorParams: { program: job.id },
    errorText: expect.stringContaining('137'),
    attempts: 1,
  })
})

test.each([new MolianError('engine.died', { code: 1, reason: 'out of room' }), new MolianError('engine.killed')])('a job whose engine dies under it is tried again by itself, some times, and then fails with what happened: $code', async (death) => {
  const tried = new Map<string, number>()
  await start(async ({ jobId, epoch }) => {
    tried.set(jobId, epoch)
    if (jobId === mended.id && epoch === 3) return { done: true }
    throw death
  })
  const mended = await makeJob()
  const lost = await makeJob()
  await Promise.all([ring(mended), ring(lost)])
  expect(await untilSucceeded(mended.id)).toMatchObject({ attempts: 3, result: { done: true } })
  expect(await untilJob(lost.id, hasEnded)).toMatchObject({ state: 'failed', errorCode: death.code, errorText: death.message, attempts: 4 })
  expect(Object.fromEntries(tried)).toEqual({ [mended.id]: 3, [lost.id]: 4 })
})

test('jobs that want the engine with one model run side by side in a worker', async () => {
  const both = gate()
  let inside = 0
  let most = 0
  await start(async ({ subjectId }) => {
    inside += 1
    most = Math.max(most, inside)
    if (inside === 2) both.open()
    await both.reached
    inside -= 1
    return { subjectId }
  })
  const modelId = randomUUID()
  const projectId = await makeProject()
  const jobs = await Promise.all([1, 2].map(() => db().$transaction((tx) => insertJob(tx, { name: 'write-stories', projectId, subjectId: randomUUID(), writer: { kind: 'engine', modelId }, idempotencyKey: randomUUID() }))))
  for (const job of jobs) await ring(job)
  for (const job of jobs) await untilSucceeded(job.id)
  expect(most).toBe(2)
})

test('a worker that is stopped puts its job back without counting the attempt', async () => {
  const started = gate()
  await start(async (attempt) => {
    started.open()
    return untilAborted(attempt)
  })
  const job = await makeJob('train-adapter')
  await ring(job)
  await started.reached
  await worker?.stop()
  worker = undefined
  expect(await readJob(job.id)).toMatchObject({ state: 'queued', attempts: 0, epoch: 1, owner: null, device: null })

  await start(async ({ epoch }) => ({ epoch }))
  expect(await untilSucceeded(job.id)).toMatchObject({ result: { epoch: 2 } })
})

test('an attempt whose claim was taken stops by itself and leaves no trace', async () => {
  const attempts: Attempt[] = []
  const started = gate()
  await start(async (attempt) => {
    attempts.push(attempt)
    if (attempts.length > 1) return { epoch: attempt.epoch }
    started.open()
    return untilAborted(attempt)
  })
  const job = await makeJob()
  await ring(job)
  await started.reached
  await db().$executeRaw`UPDATE job SET state = 'queued', owner = NULL, lease_until = NULL, rung_at = NULL WHERE id = ${job.id}::uuid`
  expect(await untilSucceeded(job.id)).toMatchObject({ result: { epoch: 2 }, attempts: 2 })
  const [stale] = attempts
  await expect(stale?.write((tx) => tx.logLine.create({ data: { jobId: job.id, epoch: 1, source: 'stale', text: '' } }))).rejects.toBeInstanceOf(LeaseLost)
})

test('the gpu lane runs one job at a time, the cpu lane as many as it has slots', async () => {
  let running = 0
  let most = 0
  await start(async () => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, 50))
    running -= 1
    return {}
  })
  const gpu = await Promise.all(Array.from({ length: 4 }, () => makeJob('merge-adapter')))
  await Promise.all(gpu.map(ring))
  for (const job of gpu) await untilSucceeded(job.id)
  expect(most).toBe(1)
  const cpu = await Promise.all(Array.from({ length: 6 }, () => makeJob('make-submission')))
  await Promise.all(cpu.map(ring))
  for (const job of cpu) await untilSucceeded(job.id)
  expect(most).toBe(env().cpuLanes)
})

test('progress and log lines are few writes, whole at the end, and keep their order', async () => {
  await start(async (attempt) => {
    for (let line = 1; line <= 1_500; line += 1) {
      attempt.log('test', `line ${line}\0`)
      attempt.progress({ done: line, total: 1_500, phase: 'reading' })
    }
    return {}
  })
  const job = await makeJob()
  await ring(job)
  expect(await untilSucceeded(job.id)).toMatchObject({ progressDone: 1_500, progressTotal: 1_500 })
  const lines = await db().logLine.findMany({ where: { jobId: job.id }, orderBy: { id: 'asc' } })
  expect(lines.map(({ text }) => text)).toEqual(Array.from({ length: 1_500 }, (_, index) => `line ${index + 1}␀`))
})
