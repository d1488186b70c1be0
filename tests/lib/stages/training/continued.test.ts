import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import type { JobState } from '@/lib/generated/prisma/client'
import { continueTraining, ratesAt } from '@/lib/stages/training/continued'
import { listTrainingRuns } from '@/lib/stages/training/training'
import { makeFrozenDataset, quickTraining } from '@/tests/support/frozen-dataset'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let runId: string
let projectId: string
const settings = quickTraining('tiny', { maxSteps: 10, checkpointSteps: 5 })

async function runIn(state: JobState): Promise<void> {
  const ready = await makeFrozenDataset(8)
  projectId = ready.projectId
  const model = await db().model.create({ data: { kind: 'base', name: 'tiny', directory: `models/${projectId}` } })
  const job = await makeJob('train-adapter', projectId)
  await db().job.update({ where: { id: job.id }, data: { state, epoch: 1, ...(state === 'cancelled' ? { finishedAt: new Date() } : {}) } })
  const run = await db().trainingRun.create({ data: { ...ready, ordinal: 1, baseModelId: model.id, settings, jobId: job.id } })
  runId = run.id
  await db().metric.createMany({ data: Array.from({ length: 10 }, (_, at) => ({ trainingRunId: runId, step: at + 1, name: 'loss', value: 4 - at / 10, epoch: 1 })) })
  await db().checkpoint.createMany({ data: [5, 10].map((step) => ({ trainingRunId: runId, step, epoch: 1, directory: `runs/${runId}/checkpoints/${step}`, sha256: 'a'.repeat(64), bytes: 10n })) })
}

describe('a run that goes on from a checkpoint of another', () => {
  beforeEach(() => runIn('cancelled'))

  it('has its settings with a new end, and its curve up to there', async () => {
    const run = await continueTraining(runId, 5, { epochs: 1, maxSteps: 20 })
    expect(run).toMatchObject({ ordinal: 2, continuesId: runId, continuesStep: 5, settings: { ...settings, maxSteps: 20 } })
    const curve = await db().metric.findMany({ where: { trainingRunId: run.id }, orderBy: { step: 'asc' } })
    expect(curve.map(({ step, epoch }) => [step, epoch])).toEqual([1, 2, 3, 4, 5].map((step) => [step, 0]))
    expect((await listTrainingRuns(projectId))[0]).toMatchObject({ continues: { id: runId, ordinal: 1 } })
    expect(await continueTraining(runId, 5, { epochs: 1, maxSteps: 20 })).toMatchObject({ id: run.id })
    expect((await continueTraining(runId, 10, { epochs: 1, maxSteps: 20 })).ordinal).toBe(3)
    expect((await continueTraining(runId, 10, { epochs: 1, maxSteps: 20, devices: 2 })).settings).toMatchObject({ devices: 2 })
    await expect(continueTraining(runId, 10, { epochs: 1, maxSteps: 20, devices: 0 })).rejects.toThrow('devices')
  })

  it('says what becomes of the learning rate, from the one that it had there', async () => {
    await db().metric.createMany({ data: [5, 10].map((step) => ({ trainingRunId: runId, step, name: 'learning_rate', value: step === 5 ? 4e-4 : 0, epoch: 1 })) })
    const goal = { epochs: 1, maxSteps: 20 }
    expect(await ratesAt(runId, [5, 7, 10])).toEqual(new Map([[5, 4e-4], [10, 0]]))
    expect(await continueTraining(runId, 5, goal)).toMatchObject({ continuesRate: 'stretched', continuesFrom: 4e-4 })
    const held = await continueTraining(runId, 5, goal, 'held')
    expect(held).toMatchObject({ continuesRate: 'held', continuesFrom: 4e-4 })
    expect((await continueTraining(runId, 5, goal, 'held')).id).toBe(held.id)
    expect(await continueTraining(runId, 10, goal, 'anew')).toMatchObject({ continuesRate: 'anew', continuesFrom: 0 })
    // Nothing is learned at a rate of nothing.
    await expect(continueTraining(runId, 10, goal, 'held')).rejects.toMatchObject({ code: 'training.rate-is-nothing', params: { step: 10 } })
  })

  it('needs a checkpoint that is there, something left to do, and settings that are right', async () => {
    await expect(continueTraining(runId, 7, { epochs: 1, maxSteps: 20 })).rejects.toMatchObject({ code: 'training.no-checkpoint', params: { step: 7 } })
    await expect(continueTraining(runId, 10, { epochs: 1, maxSteps: 10 })).rejects.toMatchObject({ code: 'training.nothing-more', params: { step: 10, steps: 10 } })
    // 7 pairs to train on, two a step: four steps an epoch.
    await expect(continueTraining(runId, 5, { epochs: 1, maxSteps: 0 })).rejects.toMatchObject({ code: 'training.nothing-more', params: { step: 5, steps: 4 } })
    await expect(continueTraining(runId, 5, { epochs: 0, maxSteps: 20 })).rejects.toThrow('epochs')
    await expect(continueTraining(projectId, 5, { epochs: 1, maxSteps: 20 })).rejects.toMatchObject({ code: 'run.missing' })
  })
})

it('says which setting of an older run is no longer one', async () => {
  await runIn('cancelled')
  await db().trainingRun.update({ where: { id: runId }, data: { settings: { ...settings, rank: 0 } } })
  await expect(continueTraining(runId, 5, { epochs: 1, maxSteps: 20 })).rejects.toMatchObject({ code: 'training.bad-setting', params: { field: 'rank' } })
})

it('waits for the end of a run that is still going', async () => {
  await runIn('queued')
  await expect(continueTraining(runId, 5, { epochs: 1, maxSteps: 20 })).rejects.toMatchObject({ code: 'training.still-going' })
})
