import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { weightsSha256 } from '@/lib/models/weights'
import { retryJob } from '@/lib/stages/jobs'
import { startMerge } from '@/lib/stages/models/merging'
import { markedProcesses } from '@/gpu-worker/process/marked'
import { startQuickTraining } from '@/tests/support/frozen-dataset'
import { expectInvariants } from '@/tests/support/invariants'
import { hasEnded, untilJob, untilSucceeded } from '@/tests/support/jobs'
import { quickDrawer } from '@/lib/draw'
import { smallModel } from '@/tests/support/small-model'
import { useStudio } from '@/tests/support/studio'
import { startTestWorker, type TestWorker } from '@/tests/support/worker'

useStudio()
// So many that a run is nowhere near its end at the last kill, however fast the machine.
const steps = 90
const settings = { maxSteps: steps, checkpointSteps: 3, evaluationSteps: 20 }
const workers = new Set<TestWorker>()
let model: string

beforeAll(async () => {
  model = await smallModel()
})

afterEach(async () => {
  for (const worker of workers) await worker.kill()
  workers.clear()
  await expect.poll(markedProcesses, { timeout: 30_000 }).toEqual([])
  await expectInvariants(env().databaseUrl)
})

async function start(): Promise<TestWorker> {
  const worker = await startTestWorker()
  workers.add(worker)
  return worker
}

async function losses(trainingRunId: string): Promise<number[]> {
  const rows = await db().metric.findMany({ where: { trainingRunId, name: 'loss' }, orderBy: { step: 'asc' } })
  expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: steps }, (_, index) => index + 1))
  return rows.map(({ value }) => value)
}

let undisturbed: number[] = []
let trained = ''

test('undisturbed, for comparison', async () => {
  const worker = await start()
  const run = await startQuickTraining(model, settings)
  await untilSucceeded(run.jobId, 240_000)
  undisturbed = await losses(run.id)
  trained = run.id
  await worker.stop()
})

test('killed at any moment of it, a merge ends with a whole model and nothing half-written beside it', async () => {
  const random = quickDrawer(20_261_125)
  const adapter = await db().adapter.findUniqueOrThrow({ where: { trainingRunId: trained } })
  const { id, jobId } = await startMerge(adapter.id)
  if (!jobId) throw new Error('The merge has no job')
  for (let kill = 1; kill <= 3; kill += 1) {
    const worker = await start()
    await untilJob(jobId, ({ state, attempts }) => state === 'running' && attempts === kill, 60_000)
    // The moment itself is what the test is about: it is drawn, not awaited.
    await pause(random() * 5_000)
    await worker.kill()
    workers.delete(worker)
    if ((await db().job.findUniqueOrThrow({ where: { id: jobId } })).state === 'succeeded') break
  }
  await start()
  const job = await untilSucceeded(jobId, 120_000)
  expect(job.attempts).toBeGreaterThan(1)
  const merged = inHome(artifactPath.mergedModel(trained))
  expect(await db().model.findUnique({ where: { id } })).toMatchObject({ sha256: await weightsSha256(merged) })
  expect(await readdir(path.dirname(merged))).toEqual([path.basename(merged)])
})

test('killed five times at random moments and once asked to end, a run finishes with the same losses as undisturbed', async () => {
  const random = quickDrawer(20_261_124)
  // One moment before the first step, the others in the run's first third, in its order; then the polite one.
  const moments = [0, ...Array.from({ length: 5 }, () => 1 + Math.floor((random() * steps) / 3)).sort((a, b) => a - b)]
  const run = await startQuickTraining(model, settings)
  let killed = 0
  for (const [index, moment] of moments.entries()) {
    const worker = await start()
    const job = await untilJob(run.jobId, ({ state, epoch, progressDone, phase }) => state === 'running' && epoch > killed && phase !== null && progressDone >= moment, 240_000)
    killed = job.epoch
    if (index < 5) await worker.kill()
    else expect(await worker.stop()).toBe(0)
    workers.delete(worker)
  }
  expect(await db().job.findUnique({ where: { id: run.jobId } })).toMatchObject({ state: 'queued', owner: null })
  await start()
  const job = await untilSucceeded(run.jobId, 240_000)
  expect(job.attempts).toBe(6)
  const continued = await losses(run.id)
  continued.forEach((loss, index) => expect(loss).toBeCloseTo(undisturbed[index] ?? NaN, 3))
})

test('over two processes a run loses them all with its worker, goes on with both, and learns what one learns alone', async () => {
  const run = await startQuickTraining(model, { ...settings, devices: 2 })
  const worker = await start()
  await untilJob(run.jobId, ({ phase, progressDone }) => phase === 'training' && progressDone >= 4, 240_000)
  expect((await markedProcesses()).length).toBeGreaterThanOrEqual(4)
  await worker.kill()
  workers.delete(worker)
  await expect.poll(markedProcesses, { timeout: 30_000 }).toEqual([])
  const next = await start()
  await untilJob(run.jobId, ({ epoch, phase, progressDone }) => epoch === 2 && phase === 'training' && progressDone >= 8, 240_000)
  const ranks = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).filter((pid) => isRankOf(pid, run.jobId, '1'))
  expect(ranks).toHaveLength(1)
  process.kill(Number(ranks[0]), 'SIGKILL')
  const failed = await untilJob(run.jobId, hasEnded, 60_000)
  expect(failed).toMatchObject({ state: 'failed', errorCode: 'training.rank-killed', errorParams: { rank: 1, signal: 'SIGKILL', problem: 'training.try-fewer-devices', devices: 2 } })
  await retryJob(run.jobId)
  await untilSucceeded(run.jobId, 240_000)
  const shared = await losses(run.id)
  shared.forEach((loss, index) => expect(Math.abs(loss - (undisturbed[index] ?? NaN))).toBeLessThan(1e-3))
  await next.stop()
})

/** Whether a process is the rank of that number of a job. */
function isRankOf(pid: string, jobId: string, rank: string): boolean {
  try {
    const variables = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
    return variables.includes(`RANK=${rank}`) && variables.some((variable) => variable.startsWith(`MOLIAN_RUN=${jobId}:`))
  } catch {
    return false
  }
}

test('a worker that is stopped beyond its lease and continued writes nothing more; the run is another worker’s', async () => {
  const sleeper = await start()
  const run = await startQuickTraining(model, settings)
  await untilJob(run.jobId, ({ phase, progressDone }) => phase === 'training' && progressDone >= 4, 240_000)
  sleeper.signal('SIGSTOP')
  await start()
  await untilJob(run.jobId, ({ epoch }) => epoch === 2, 60_000)
  sleeper.signal('SIGCONT')
  await untilSucceeded(run.jobId, 240_000)
  await losses(run.id)
  expect(sleeper.output()).not.toContain('"ending":"succeeded"')
  expect(await db().logLine.count({ where: { jobId: run.jobId, epoch: { notIn: [1, 2] } } })).toBe(0)
})
