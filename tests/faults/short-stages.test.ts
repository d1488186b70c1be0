import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { checkOf } from '@/lib/stages/submissions/submissions'
import { checkSubmission } from '@/lib/submission/check'
import { expectInvariants } from '@/tests/support/invariants'
import { hasEnded, makeProject, readJob, untilJob, untilSucceeded } from '@/tests/support/jobs'
import { modernProse, row, sendNovels, sendTest } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { quickDrawer } from '@/lib/draw'
import { startPremiseRun, startSet, startStoryRun, startSubmit, startVersion } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'
import { startTestWorker, type TestWorker } from '@/tests/support/worker'

useStudio()
const kills = 5
/** No server is asked in these tests: the rows that one would have given are inserted. */
const nobody = 'http://127.0.0.1:9/v1'
let worker: TestWorker | undefined
afterEach(async () => {
  await worker?.stop()
  worker = undefined
})

/** Kills the worker five times within the job, at seeded moments after each claim, then lets it end. */
async function killedFiveTimes(jobId: string, withinMs: number): Promise<void> {
  const random = quickDrawer(20_261_124)
  for (let kill = 1; kill <= kills; kill += 1) {
    worker = await startTestWorker()
    const job = await untilJob(jobId, (now) => hasEnded(now) || (now.state === 'running' && now.attempts === kill))
    if (hasEnded(job)) break
    // The moment itself is what the test is about: it is drawn, not awaited.
    await pause(random() * withinMs)
    await worker.kill()
  }
  worker = await startTestWorker()
  await untilSucceeded(jobId, 120_000)
  expect((await readJob(jobId)).attempts).toBeGreaterThan(1)
  await expectInvariants(env().databaseUrl)
}

async function manyPassages(projectId: string): Promise<string> {
  await sendNovels(projectId, Array.from({ length: 12 }, (_, index) => ({ name: `书${index}`, text: modernProse(100_000, index) })))
  const set = await startSet(projectId)
  return set.id
}

test('killed at any moment of the cutting, a passage set is whole and each passage in it once', async () => {
  const projectId = await makeProject()
  const setId = await manyPassages(projectId)
  const set = await db().passageSet.findUniqueOrThrow({ where: { id: setId } })
  await killedFiveTimes(set.jobId, 400)
  const [{ cut, text } = { cut: 0, text: 1 }] = await db().$queryRaw<{ cut: number; text: number }[]>`
    SELECT (SELECT sum(end_at - start_at)::int FROM passage WHERE passage_set_id = ${setId}::uuid) AS cut,
      (SELECT sum(c.characters)::int FROM chapter c JOIN novel n ON n.id = c.novel_id WHERE n.project_id = ${projectId}::uuid) AS text`
  expect(cut).toBe(text)
})

test('killed at any moment of the freezing, a dataset version has every pair once and its hash', async () => {
  const projectId = await makeProject()
  const setId = await manyPassages(projectId)
  await runNextWell()
  const run = await startPremiseRun(projectId, setId, nobody)
  await db().job.update({ where: { id: run.jobId }, data: { state: 'cancelled' } })
  await db().$executeRaw`
    INSERT INTO premise (premise_run_id, passage_id, outcome, text, flaws, attempts, epoch)
    SELECT ${run.id}::uuid, id, 'good', '第' || id || '个人在江边', '{}', 1, 0 FROM passage WHERE passage_set_id = ${setId}::uuid`
  const version = await startVersion(projectId, run.id)
  await killedFiveTimes(version.jobId, 250)
  const frozen = await db().datasetVersion.findUniqueOrThrow({ where: { id: version.id } })
  const passages = await db().passage.count({ where: { passageSetId: setId } })
  expect(frozen.trainingPairs + frozen.validationPairs).toBe(passages)
  expect(frozen.sha256).toMatch(/^[0-9a-f]{64}$/)
})

test('killed at any moment of its making, a submission is the checked file or none', async () => {
  const projectId = await makeProject()
  const rows = Array.from({ length: 5_000 }, (_, index) => row(`第${index}个人在雪夜里归来`))
  const upload = await sendTest(projectId, rows)
  const run = await startStoryRun(projectId, upload.id, nobody)
  await db().$executeRaw`
    INSERT INTO story (story_run_id, test_row_id, outcome, text, flaws, finish_reason, seed, attempts, latency_ms, epoch)
    SELECT ${run.id}::uuid, id, 'good', '他推开门，第' || ordinal || '盏灯亮着。', '{}', 'stop', 1, 1, 1, 0
    FROM test_row WHERE test_file_id = ${run.testFileId}::uuid`
  await db().$executeRaw`
    INSERT INTO story_try (story_run_id, test_row_id, number, kind, outcome, text, flaws, finish_reason, seed, latency_ms, epoch)
    SELECT story_run_id, test_row_id, 1, 'written', outcome, text, flaws, finish_reason, seed, latency_ms, epoch FROM story WHERE story_run_id = ${run.id}::uuid`
  await db().job.update({ where: { id: run.jobId }, data: { state: 'succeeded' } })
  const submission = await startSubmit(projectId, run.id)
  await killedFiveTimes(submission.jobId, 150)
  const made = await db().submission.findUniqueOrThrow({ where: { id: submission.id } })
  expect(checkOf(made)?.problems).toEqual([])
  const check = await checkSubmission(inHome(made.path ?? ''), rows, { minimumCharacters: 1 })
  expect(check).toMatchObject({ problems: [], rows: 5_000, sha256: made.sha256 })
})
