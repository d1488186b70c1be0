import { expect, test } from 'vitest'
import { db } from '@/lib/db'
import { readMetrics } from '@/lib/stages/training/metrics'
import { useStudio } from '@/tests/support/studio'
import { makeFrozenDataset } from '@/tests/support/frozen-dataset'
import { makeJob } from '@/tests/support/jobs'

useStudio()

async function runWith(metrics: { step: number; name: string; value: number }[]): Promise<string> {
  const { projectId, datasetVersionId, promptVersionId } = await makeFrozenDataset(8)
  const model = await db().model.create({ data: { kind: 'base', name: 'm', directory: projectId } })
  const job = await makeJob('train-adapter', projectId)
  const run = await db().trainingRun.create({ data: { projectId, ordinal: 1, datasetVersionId, promptVersionId, baseModelId: model.id, settings: {}, jobId: job.id } })
  await db().metric.createMany({ data: metrics.map((metric) => ({ ...metric, trainingRunId: run.id, epoch: 0 })) })
  return run.id
}

test('a short run comes back as it is, a series a name, and what is new after a step alone', async () => {
  const id = await runWith([1, 2, 3].flatMap((step) => [{ step, name: 'loss', value: 4 - step }, { step, name: 'grad_norm', value: step }]))
  expect(await readMetrics(id)).toEqual([
    { name: 'grad_norm', points: [{ step: 1, value: 1 }, { step: 2, value: 2 }, { step: 3, value: 3 }] },
    { name: 'loss', points: [{ step: 1, value: 3 }, { step: 2, value: 2 }, { step: 3, value: 1 }] },
  ])
  expect(await readMetrics(id, { afterStep: 2 })).toEqual([
    { name: 'grad_norm', points: [{ step: 3, value: 3 }] },
    { name: 'loss', points: [{ step: 3, value: 1 }] },
  ])
})

test('a long run is thinned to the points asked for, and keeps its spikes', async () => {
  const values = Array.from({ length: 4_000 }, (_, index) => ({ step: index + 1, name: 'loss', value: index === 1_777 ? 99 : index === 3_333 ? -1 : Math.sin(index / 50) }))
  const [loss] = await readMetrics(await runWith(values), { maxPoints: 200 })
  expect(loss?.points.length).toBeLessThanOrEqual(200)
  expect(loss?.points).toContainEqual({ step: 1_778, value: 99 })
  expect(loss?.points).toContainEqual({ step: 3_334, value: -1 })
  const steps = loss?.points.map(({ step }) => step) ?? []
  expect(steps).toEqual(steps.toSorted((a, b) => a - b))
})
