import { expect, test } from 'vitest'
import { env } from '@/lib/env'
import { startDataset } from '@/lib/stages/pairs/datasets'
import { receivePairs } from '@/lib/stages/pairs/imports'
import { saveStoryPrompt } from '@/lib/stages/prompts/prompts'
import { readTrainingRun, resultOf, startTraining } from '@/lib/stages/training/training'
import { quickTraining } from '@/tests/support/frozen-dataset'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject, untilSucceeded } from '@/tests/support/jobs'
import { bytesOf, jsonLines, modernProse } from '@/tests/support/project-files'
import { smallModel } from '@/tests/support/small-model'
import { pairSettings } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'
import { startTestWorker } from '@/tests/support/worker'

useStudio()

test('pairs that came in a file are frozen and trained on', async () => {
  const model = await smallModel()
  const worker = await startTestWorker()
  const projectId = await makeProject()
  const pairs = Array.from({ length: 12 }, (_, index) => ({ premise: `第${index}日，江上有雪。`, passage: modernProse(60, index), novel: `书${index % 4}` }))
  const file = await receivePairs(projectId, '样本.jsonl', bytesOf(jsonLines(pairs)))
  await untilSucceeded(file.jobId)
  const version = await startDataset(projectId, [{ kind: 'import', id: file.id }], { ...pairSettings, splitBy: 'novel' })
  await untilSucceeded(version.jobId)
  const prompt = await saveStoryPrompt(projectId, { system: '你是小说家。', template: '{{premise}}' })
  const settings = quickTraining(model, { maxSteps: 2, checkpointSteps: 2, evaluationSteps: 2 })
  const run = await startTraining(projectId, { datasetVersionId: version.id, promptVersionId: prompt.id, settings })
  await untilSucceeded(run.jobId, 240_000)
  const whole = await readTrainingRun(run.id)
  expect(whole).toMatchObject({ adapter: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } })
  expect(whole && resultOf(whole)).toMatchObject({ steps: 2, dropped: 0 })
  expect(await worker.stop()).toBe(0)
  await expectInvariants(env().databaseUrl)
})
