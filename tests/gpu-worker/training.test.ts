import { beforeAll, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { mergedModelOf, startMerge } from '@/lib/stages/models'
import { readLog, readMetrics, readTrainingRun, resultOf } from '@/lib/stages/training'
import { startQuickTraining } from '@/tests/support/frozen-dataset'
import { expectInvariants } from '@/tests/support/invariants'
import { untilSucceeded } from '@/tests/support/jobs'
import { smallModel } from '@/tests/support/small-model'
import { useStudio } from '@/tests/support/studio'
import { startTestWorker } from '@/tests/support/worker'

useStudio()
let model: string
beforeAll(async () => {
  model = await smallModel()
})

test('trains an adapter and merges it: metrics, checkpoints, hashes and results are rows', async () => {
  const worker = await startTestWorker()
  const run = await startQuickTraining(model)
  await untilSucceeded(run.jobId, 120_000)
  const whole = await readTrainingRun(run.id)
  console.log(await readLog(run.jobId), whole?.job.result, await db().checkpoint.findMany())
  const result = whole && resultOf(whole)
  expect(result?.steps).toBe(30)
  expect(result?.last_loss).toBeLessThan(result?.first_loss ?? 0)
  const series = await readMetrics(run.id)
  expect(series.find(({ name }) => name === 'loss')?.points.map(({ step }) => step)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
  const adapter = whole?.adapter
  if (!adapter) throw new Error('no adapter')
  const merged = await startMerge(adapter.id)
  if (!merged.jobId) throw new Error('no job')
  await untilSucceeded(merged.jobId, 60_000)
  expect((await mergedModelOf(run.id))?.sha256).toMatch(/^[0-9a-f]{64}$/)
  await worker.stop()
  await expectInvariants(env().databaseUrl)
})
