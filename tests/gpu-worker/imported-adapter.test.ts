import { afterAll, beforeAll, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { tarStream } from '@/lib/models/tar'
import { importFromArchive } from '@/lib/stages/models/adapter-imports'
import { exportAdapter } from '@/lib/stages/models/export'
import { startMerge } from '@/lib/stages/models/merging'
import { startQuickTraining } from '@/tests/support/frozen-dataset'
import { expectInvariants } from '@/tests/support/invariants'
import { untilSucceeded } from '@/tests/support/jobs'
import { smallModel } from '@/tests/support/small-model'
import { useStudio } from '@/tests/support/studio'
import { startTestWorker, type TestWorker } from '@/tests/support/worker'

useStudio()
let model: string
let worker: TestWorker
beforeAll(async () => {
  process.env.HF_HUB_CACHE = '/nowhere'
  process.env.MODELSCOPE_CACHE = '/nowhere'
  model = await smallModel()
  worker = await startTestWorker()
})
afterAll(async () => {
  expect(await worker.stop()).toBe(0)
  await expectInvariants(env().databaseUrl)
})

test('an adapter that was taken along and brought back merges into the very same weights', async () => {
  const run = await startQuickTraining(model, { maxSteps: 3, checkpointSteps: 3, evaluationSteps: 3, method: 'rslora' })
  await untilSucceeded(run.jobId, 240_000)
  const trained = await db().adapter.findUniqueOrThrow({ where: { trainingRunId: run.id } })
  const { files, madeAt } = await exportAdapter(trained.id, 'zh')
  const made = await importFromArchive({ name: '江湖', baseModel: model }, '江湖.tar', tarStream(files, madeAt))
  await untilSucceeded(made.jobId)
  const imported = await db().adapter.findUniqueOrThrow({ where: { importId: made.id } })
  const merged = await Promise.all([trained, imported].map(async ({ id }) => {
    const { id: modelId, jobId } = await startMerge(id)
    await untilSucceeded(jobId ?? '', 120_000)
    return db().model.findUniqueOrThrow({ where: { id: modelId } })
  }))
  expect(merged.map(({ name }) => name)).toEqual([expect.stringMatching(/ 1$/), '江湖'])
  expect(merged[1]?.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(merged[1]?.sha256).toBe(merged[0]?.sha256)
})
