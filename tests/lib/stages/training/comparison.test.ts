import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { listTrainingRuns, noteTraining } from '@/lib/stages/training/training'
import { bestByValidation, compareTraining, differingSettings } from '@/lib/stages/training/comparison'
import { makeFrozenDataset, quickTraining } from '@/tests/support/frozen-dataset'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
const ids: string[] = []
const rates = [1e-3, 2e-3, 3e-3]
const lowest = [2.4, 2.2, 2.3]

beforeAll(async () => {
  const ready = await makeFrozenDataset(8)
  projectId = ready.projectId
  const model = await db().model.create({ data: { kind: 'base', name: 'tiny', directory: `models/${projectId}` } })
  for (const [at, learningRate] of rates.entries()) {
    const job = await makeJob('train-adapter', projectId)
    const result = {
      steps: 4, first_loss: 4, last_loss: 2, validation_loss_from: 4, validation_loss_to: 2.5, best_validation_loss: lowest[at], best_step: 2, adapter_step: 2,
      tokens: 100, tokens_per_second: 10, truncated: 0, dropped: 0, stopped_early: false, out_of_patience: false,
    }
    await db().job.update({ where: { id: job.id }, data: { state: 'succeeded', finishedAt: new Date(), result } })
    const run = await db().trainingRun.create({ data: { ...ready, ordinal: at + 1, baseModelId: model.id, settings: quickTraining('tiny', { learningRate }), jobId: job.id } })
    ids.push(run.id)
    await db().metric.createMany({ data: [1, 2, 3].flatMap((step) => [{ trainingRunId: run.id, step, name: 'loss', value: 4 - step - at / 10, epoch: 0 }, { trainingRunId: run.id, step, name: 'validation_loss', value: 4 - at, epoch: 0 }]) })
  }
})

describe('runs compared', () => {
  it('come with their curves, in the order asked for, each once', async () => {
    const compared = await compareTraining(projectId, [ids[1] ?? '', ids[0] ?? '', ids[1] ?? ''])
    expect(compared?.map(({ run }) => run.ordinal)).toEqual([2, 1])
    expect(compared?.[0]?.loss).toEqual([1, 2, 3].map((step) => ({ step, value: 4 - step - 0.1 })))
    expect(compared?.[1]?.validation.map(({ value }) => value)).toEqual([4, 4, 4])
  })

  it('are two at least, and of this project', async () => {
    for (const few of [[], [ids[0] ?? ''], [ids[0] ?? '', randomUUID()], ['no-id', '%00']]) expect(await compareTraining(projectId, few)).toBeNull()
    expect(await compareTraining(randomUUID(), ids)).toBeNull()
  })

  it('differ in the settings that are not alike', async () => {
    const { rows, same } = differingSettings(await listTrainingRuns(projectId))
    expect(rows).toEqual([{ name: 'learningRate', values: rates.toReversed() }])
    expect(same).toBeGreaterThan(20)
  })
})

it('the best by validation is the lowest of a dataset version, where there is more than one run of it', async () => {
  const runs = await listTrainingRuns(projectId)
  expect(bestByValidation(runs)).toEqual(new Set([ids[1]]))
  expect(bestByValidation(runs.slice(0, 1))).toEqual(new Set())
  expect(bestByValidation(runs.map((run, at) => (at === 1 ? { ...run, datasetVersionId: randomUUID() } : run)))).toEqual(new Set([ids[2]]))
})

it('a run keeps a note, trimmed, and no other project writes it', async () => {
  await noteTraining(projectId, ids[0] ?? '', ' 学得太快 \n')
  expect((await listTrainingRuns(projectId)).at(-1)?.note).toBe('学得太快')
  await expect(noteTraining(randomUUID(), ids[0] ?? '', '')).rejects.toMatchObject({ code: 'run.missing' })
  await expect(noteTraining(projectId, ids[0] ?? '', 'x'.repeat(2001))).rejects.toThrow()
})
