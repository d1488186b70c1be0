import { appendFileSync, rmSync } from 'node:fs'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { artifactPath, inHome, sha256OfFile } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { requestStop } from '@/lib/queue/lease'
import { continueTraining } from '@/lib/stages/training/continued'
import { startMerge } from '@/lib/stages/models/merging'
import { readSampledSteps, readWrittenSamples } from '@/lib/stages/training/samples'
import { readStretches } from '@/lib/stages/training/stretches'
import { readTrainingRun, resultOf, startTraining, stopTraining } from '@/lib/stages/training/training'
import { markedProcesses } from '@/gpu-worker/process/marked'
import { makeFrozenDataset, quickTraining, startQuickTraining } from '@/tests/support/frozen-dataset'
import { expectInvariants } from '@/tests/support/invariants'
import { hasEnded, untilJob, untilSucceeded } from '@/tests/support/jobs'
import { smallModel } from '@/tests/support/small-model'
import { useStudio } from '@/tests/support/studio'
import { startTestWorker, type TestWorker } from '@/tests/support/worker'

useStudio()
let model: string
let worker: TestWorker
beforeAll(async () => {
  model = await smallModel()
  worker = await startTestWorker()
})
afterAll(async () => {
  expect(await worker.stop()).toBe(0)
  await expectInvariants(env().databaseUrl)
})

test('trains an adapter and merges it: metrics, checkpoints, hashes and results are rows', async () => {
  const run = await startQuickTraining(model, { maxSteps: 12, samples: 2 })
  await untilSucceeded(run.jobId, 240_000)
  const whole = await readTrainingRun(run.id)
  const result = whole && resultOf(whole)
  expect(result).toMatchObject({ steps: 12, stopped_early: false, dropped: 0, ranAs: { gradientCheckpointing: 'off', processes: 1, machines: 1 } })
  expect(result?.last_loss).toBeLessThan((result?.first_loss ?? 0) - 0.3)
  const series = await readStretches(run.id)
  const stepsOf = (name: string) => series.find((one) => one.name === name)?.stretches.map(({ first }) => first)
  expect(stepsOf('loss')).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
  expect(stepsOf('validation_loss')).toEqual([0, 5, 10, 12])
  expect(await db().checkpoint.findMany({ where: { trainingRunId: run.id }, select: { step: true } })).toEqual([{ step: 10 }, { step: 12 }])

  const { premises, steps } = await readSampledSteps(run.id)
  expect(premises).toHaveLength(2)
  expect(steps.map(({ step }) => step)).toEqual([0, 5, 10, 12])
  expect(await readWrittenSamples(run.id, 12)).toEqual([0, 1].map((ordinal) => ({ ordinal, text: expect.any(String), tokens: expect.any(Number), ending: expect.stringMatching(/^(whole|length)$/) })))

  const adapter = whole?.adapter
  if (!adapter) throw new Error('The run has no adapter')
  const merged = await startMerge(adapter.id)
  expect(await startMerge(adapter.id)).toMatchObject({ id: merged.id })
  await untilSucceeded(merged.jobId ?? '', 120_000)
  expect(await db().model.findUnique({ where: { id: merged.id } })).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), kind: 'merged', family: 'qwen2' })
})

test('a finished run is extended: its curve goes on, and the best of both is the adapter', async () => {
  const run = await startQuickTraining(model, { maxSteps: 6, checkpointSteps: 3, evaluationSteps: 3 })
  await untilSucceeded(run.jobId, 240_000)
  const further = await continueTraining(run.id, 6, { epochs: 1, maxSteps: 9 })
  await untilSucceeded(further.jobId, 240_000)
  const series = await readStretches(further.id)
  const stepsOf = (name: string) => series.find((one) => one.name === name)?.stretches.map(({ first }) => first)
  expect(stepsOf('loss')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(stepsOf('validation_loss')).toEqual([0, 3, 6, 9])
  const whole = await readTrainingRun(further.id)
  expect(whole && resultOf(whole)).toMatchObject({ steps: 9, stopped_early: false })
  expect(whole?.checkpoints.map(({ step }) => step)).toEqual([9, 6])
})

test('the same order is the same run, and after a cancel it goes on', async () => {
  const { projectId, datasetVersionId, promptVersionId } = await makeFrozenDataset()
  const order = { datasetVersionId, promptVersionId, settings: quickTraining(model, { maxSteps: 8, checkpointSteps: 2, evaluationSteps: 2, samples: 1 }) }
  const [run, again] = await Promise.all([startTraining(projectId, order), startTraining(projectId, order)])
  expect(again.id).toBe(run.id)
  await untilJob(run.jobId, (job) => job.phase === 'training' && job.progressDone >= 2, 240_000)
  await requestStop(run.jobId, 'cancel')
  expect(await untilJob(run.jobId, hasEnded, 30_000)).toMatchObject({ state: 'cancelled' })
  expect((await markedProcesses()).filter(({ jobId }) => jobId === run.jobId)).toEqual([])

  expect(await startTraining(projectId, order)).toMatchObject({ id: run.id })
  await untilSucceeded(run.jobId, 240_000)
  const metrics = await db().metric.findMany({ where: { trainingRunId: run.id, name: 'loss' }, orderBy: { step: 'asc' } })
  expect(metrics.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  // It went on from a checkpoint: its first steps are still those of the first attempt.
  expect(metrics[0]?.epoch).toBe(1)
  expect(metrics.at(-1)?.epoch).toBe(2)
  const samples = await db().writtenSample.findMany({ where: { trainingRunId: run.id }, orderBy: { step: 'asc' } })
  expect(samples.map(({ step }) => step)).toEqual([0, 2, 4, 6, 8])
  expect([samples[0]?.epoch, samples.at(-1)?.epoch]).toEqual([1, 2])
})

test('stop and keep ends the run with what it has learned', async () => {
  const run = await startQuickTraining(model, { maxSteps: 5_000, checkpointSteps: 1_000, evaluationSteps: 1_000 })
  await untilJob(run.jobId, (job) => job.phase === 'training' && job.progressDone >= 2, 240_000)
  // A program beside the trainer tells what it takes of the machine.
  const told = () => db().metric.groupBy({ by: ['name'], where: { trainingRunId: run.id, name: { in: ['cpu_percent', 'process_memory_bytes'] } }, _max: { value: true }, orderBy: { name: 'asc' } })
  await expect.poll(async () => (await told()).map(({ name, _max }) => [name, (_max.value ?? 0) > 0]), { timeout: 30_000 }).toEqual([['cpu_percent', true], ['process_memory_bytes', true]])
  await stopTraining(run.id, 'keep')
  await untilSucceeded(run.jobId, 60_000)
  const whole = await readTrainingRun(run.id)
  expect(whole).toMatchObject({ stoppedEarly: true, adapter: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } })
})

test('cancelling while the trainer loads ends it in time and leaves nothing running', async () => {
  const run = await startQuickTraining(model)
  await untilJob(run.jobId, (job) => job.state === 'running' && job.phase !== null, 240_000)
  await requestStop(run.jobId, 'cancel')
  expect(await untilJob(run.jobId, hasEnded, 30_000)).toMatchObject({ state: 'cancelled', device: null })
  expect((await markedProcesses()).filter(({ jobId }) => jobId === run.jobId)).toEqual([])
})

test('files that are no longer as they were frozen are refused', async () => {
  const { projectId, datasetVersionId, promptVersionId } = await makeFrozenDataset()
  const { jobId } = await db().datasetVersion.findUniqueOrThrow({ where: { id: datasetVersionId } })
  const fileHashes = { training: await sha256OfFile(inHome(artifactPath.trainingPairs(datasetVersionId))), validation: await sha256OfFile(inHome(artifactPath.validationPairs(datasetVersionId))) }
  await db().job.update({ where: { id: jobId }, data: { result: { fileHashes } } })
  const order = { datasetVersionId, promptVersionId, settings: quickTraining(model, { maxSteps: 1 }) }
  const run = await startTraining(projectId, order)
  await untilSucceeded(run.jobId, 240_000)

  appendFileSync(inHome(artifactPath.validationPairs(datasetVersionId)), '\n')
  const changed = await startTraining(projectId, { ...order, settings: quickTraining(model, { maxSteps: 2 }) })
  const file = inHome(artifactPath.validationPairs(datasetVersionId))
  expect(await untilJob(changed.jobId, hasEnded, 120_000)).toMatchObject({ state: 'failed', errorCode: 'training.pairs-changed', errorParams: { file } })
})

test('a base whose weights have changed since the run began, or that is gone, is refused', async () => {
  const base = inHome('changing-base')
  await cp(model, base, { recursive: true })
  const run = await startQuickTraining(base, { maxSteps: 2, checkpointSteps: 2 })
  await untilSucceeded(run.jobId, 240_000)
  const weights = path.join(base, 'model.safetensors')
  const bytes = await readFile(weights)
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
  await writeFile(weights, bytes)
  const changed = await continueTraining(run.id, 2, { epochs: 1, maxSteps: 3 })
  expect(await untilJob(changed.jobId, hasEnded, 120_000)).toMatchObject({ state: 'failed', errorCode: 'training.base-changed', errorParams: { path: base } })
  await rm(base, { recursive: true })
  const gone = await continueTraining(run.id, 2, { epochs: 1, maxSteps: 4 })
  expect(await untilJob(gone.jobId, hasEnded, 120_000)).toMatchObject({ state: 'failed', errorCode: 'model.no-folder', errorParams: { path: base } })
})

test('files that are gone by then fail the run with the field that names them', async () => {
  const { projectId, datasetVersionId, promptVersionId } = await makeFrozenDataset()
  rmSync(inHome(artifactPath.trainingPairs(datasetVersionId)))
  const run = await startTraining(projectId, { datasetVersionId, promptVersionId, settings: quickTraining(model) })
  expect(await untilJob(run.jobId, hasEnded, 120_000)).toMatchObject({ state: 'failed', errorCode: 'training.bad-config', errorParams: { field: 'train_file' } })
})
