import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { bestByValidation, compareTraining, datasetChanges, differingSettings } from '@/lib/stages/training/comparison'
import { readRunFigures } from '@/lib/stages/training/run-figures'
import { listTrainingRuns } from '@/lib/stages/training/training'
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
  it('come in the order asked for, each once', async () => {
    const compared = await compareTraining(projectId, [ids[1] ?? '', ids[0] ?? '', ids[1] ?? ''])
    expect(compared?.map(({ run }) => run.ordinal)).toEqual([2, 1])
    expect(compared?.map(({ figures, isBest }) => [figures?.validation, isBest])).toEqual([[2.2, true], [2.4, false]])
  })

  it('are two at least, and of this project', async () => {
    for (const few of [[], [ids[0] ?? ''], [ids[0] ?? '', randomUUID()], ['no-id', '%00']]) expect(await compareTraining(projectId, few)).toBeNull()
    expect(await compareTraining(randomUUID(), ids)).toBeNull()
  })

  it('differ in the settings that are not alike', async () => {
    const { rows, same } = differingSettings(await listTrainingRuns(projectId))
    expect(rows).toEqual([{ name: 'learningRate', values: rates.toReversed() }])
    expect(same.length).toBeGreaterThan(20)
    expect(same.find(({ name }) => name === 'rank')?.values).toEqual([8, 8, 8])
  })
})

it('the best by validation is the lowest of a dataset version, where there is more than one run of it', async () => {
  const runs = await listTrainingRuns(projectId)
  const figures = await readRunFigures(runs)
  expect(bestByValidation(runs, figures)).toEqual(new Set([ids[1]]))
  expect(bestByValidation(runs.slice(0, 1), figures)).toEqual(new Set())
  expect(bestByValidation(runs.map((run, at) => (at === 1 ? { ...run, datasetVersionId: randomUUID() } : run)), figures)).toEqual(new Set([ids[2]]))
})

it('runs of other dataset versions say what those have other than the first one’s', async () => {
  const runs = await listTrainingRuns(projectId)
  expect(await datasetChanges(runs)).toEqual([])
  const [first] = runs
  if (!first) throw new Error('There is no run')
  const { id: _id, jobId: _job, ...version } = first.datasetVersion
  const job = await makeJob('freeze-dataset', projectId)
  await db().job.update({ where: { id: job.id }, data: { state: 'cancelled', finishedAt: new Date() } })
  const other = await db().datasetVersion.create({ data: { ...version, balance: undefined, settings: {}, sources: [], ordinal: 2, jobId: job.id, sha256: randomUUID() } })
  const pairs = await db().datasetPair.findMany({ where: { datasetVersionId: first.datasetVersionId, ordinal: { gte: 2 } } })
  await db().datasetPair.createMany({ data: pairs.map((pair, at) => ({ ...pair, datasetVersionId: other.id, ...(at === 0 ? { premise: '另一条提要' } : {}) })) })
  const changes = await datasetChanges([first, { datasetVersion: other }, { datasetVersion: other }])
  expect(changes).toMatchObject([{ from: { ordinal: 1 }, to: { ordinal: 2 }, difference: { counts: { removed: 2, added: 0, reworded: 1, moved: 0 }, same: 5 } }])
})
