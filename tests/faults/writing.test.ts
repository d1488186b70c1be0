import { afterEach, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { listNovels } from '@/lib/stages/novels/novels'
import { listUploads } from '@/lib/stages/uploads/uploads'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject, readJob, untilJob, untilSucceeded } from '@/tests/support/jobs'
import { says, silence, startOpenaiServer, type Asked, type TestServer } from '@/tests/support/openai-server'
import { passagesOfSet } from '@/tests/support/passages-of-set'
import { jsonLines, modernProse, row, send, sendNovels, sendTest } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { quickDrawer } from '@/lib/draw'
import { startPremiseRun, startSet, startStoryRun } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'
import { startTestWorker, type TestWorker } from '@/tests/support/worker'

useStudio()
const kills = 5
let worker: TestWorker | undefined
afterEach(async () => {
  await worker?.stop()
  worker = undefined
})

/**
 * Kills the worker (SIGKILL) as often as it says, each time after a seeded number of questions, and starts the next one.
 * Then lets the job end, and holds the server's log against what was finished at each kill.
 */
async function killedWhileWriting(server: TestServer, jobId: string, answer: (asked: Asked) => string, about: (asked: Asked) => number, finished: () => Promise<number[]>) {
  const random = quickDrawer(20_261_124)
  const deaths: { asked: number; finished: Set<number> }[] = []
  for (let kill = 0; kill < kills; kill += 1) {
    const questions = 6 + Math.floor(random() * 5)
    const reached = new Promise<void>((resolve) => {
      let heard = 0
      server.behave((asked) => {
        heard += 1
        if (heard < questions) return says(asked, answer(asked))
        resolve()
        return silence
      })
    })
    worker = await startTestWorker()
    await reached
    await worker.kill()
    deaths.push({ asked: server.log.length, finished: new Set(await finished()) })
  }
  server.behave((asked) => says(asked, answer(asked)))
  worker = await startTestWorker()
  await untilSucceeded(jobId)

  // Each of the four that ask at once has had its last answer written before it asks again.
  expect(deaths.at(-1)?.finished.size).toBeGreaterThanOrEqual(kills * 2)
  for (const death of deaths) {
    const again = server.log.slice(death.asked).map(about).filter((item) => death.finished.has(item))
    expect(again).toEqual([])
  }
  expect((await readJob(jobId)).attempts).toBe(kills + 1)
  await expectInvariants(env().databaseUrl)
}

test('killed five times while it writes premises, a run asks for none again that was finished', async () => {
  const projectId = await makeProject()
  await sendNovels(projectId, [{ name: '路', text: modernProse(3200) }])
  const set = await startSet(projectId, { target: 50, minimum: 30, maximum: 80 })
  await runNextWell()
  const passages = await passagesOfSet(set.id)
  expect(passages.length).toBeGreaterThan(45)
  const about = (asked: Asked) => passages.find(({ text }) => asked.prompt.endsWith(text))?.ordinal ?? -1
  const server = await startOpenaiServer(() => silence)
  const run = await startPremiseRun(projectId, set.id, server.url, { concurrency: 4 })
  const finished = async () => (await db().premise.findMany({ where: { premiseRunId: run.id }, select: { passage: true } })).map(({ passage }) => passage.ordinal)
  await killedWhileWriting(server, run.jobId, (asked) => `第${about(asked)}个人在江边等着天亮。`, about, finished)
  expect((await finished()).sort((a, b) => a - b)).toEqual(passages.map(({ ordinal }) => ordinal))
  expect(server.log.length).toBeLessThanOrEqual(passages.length + kills * 4)
})

test('killed five times while it writes stories, a run asks for none again that was finished', async () => {
  const projectId = await makeProject()
  const inputs = Array.from({ length: 60 }, (_, index) => `第${index}个人在雪夜里归来`)
  const upload = await sendTest(projectId, inputs.map(row))
  const about = (asked: Asked) => inputs.indexOf(asked.prompt)
  const server = await startOpenaiServer(() => silence)
  const run = await startStoryRun(projectId, upload.id, server.url, { concurrency: 4 })
  const finished = async () => (await db().story.findMany({ where: { storyRunId: run.id }, select: { testRow: true } })).map(({ testRow }) => testRow.ordinal)
  await killedWhileWriting(server, run.jobId, (asked) => `他推开门，第${about(asked)}个人坐在灯下。`, about, finished)
  expect((await finished()).sort((a, b) => a - b)).toEqual(inputs.map((_, ordinal) => ordinal))
  expect(server.log.length).toBeLessThanOrEqual(inputs.length + kills * 4)
})

test('killed five times while it reads a file, an upload is whole at the end and never seen half', async () => {
  const projectId = await makeProject()
  const novels = Array.from({ length: 40 }, (_, index) => ({ name: `书${index}`, text: modernProse(200_000, index) }))
  const upload = await send(projectId, 'novels', jsonLines(novels))
  for (let kill = 1; kill <= kills; kill += 1) {
    worker = await startTestWorker()
    const job = await untilJob(upload.jobId ?? '', ({ attempts, state, progressDone }) => attempts === kill && (state !== 'running' || progressDone > 0))
    await worker.kill()
    if (job.state !== 'running') break
    expect(await listNovels(projectId, { registers: ['modern'] })).toEqual([])
    expect(await db().novel.count()).toBe(await db().novel.count({ where: { projectId: { not: projectId } } }))
  }
  worker = await startTestWorker()
  await untilSucceeded(upload.jobId ?? '', 120_000)
  expect(await listUploads(projectId)).toMatchObject([{ state: 'ready', accepted: 40, rejected: 0, total: 40 }])
  expect(await db().novel.count({ where: { projectId } })).toBe(40)
  await expectInvariants(env().databaseUrl)
})

/** Two runs of the same passages, prompt and writer, that ask the same but are checked otherwise; and a server that answers nothing before it is told to. */
async function twoThatAskTheSame(settings: { concurrency: number }) {
  const projectId = await makeProject()
  await sendNovels(projectId, [{ name: '路', text: modernProse(600) }])
  const set = await startSet(projectId, { target: 50, minimum: 30, maximum: 80 })
  await runNextWell()
  const passages = await passagesOfSet(set.id)
  const about = (asked: Asked) => passages.find(({ text }) => asked.prompt.endsWith(text))?.ordinal ?? -1
  const answer = (asked: Asked) => says(asked, `第${about(asked)}个人在江边等着天亮。`)
  const server = await startOpenaiServer(() => silence)
  const start = (maximumCharacters: number) => startPremiseRun(projectId, set.id, server.url, { ...settings, maximumCharacters })
  const writes = (jobId: string) => untilJob(jobId, ({ phase }) => phase === 'writing')
  const good = (premiseRunId: string) => db().premise.count({ where: { premiseRunId, outcome: 'good' } })
  return { passages, server, start, writes, good, answer }
}

test('two processes that ask the same at the same moment pay for each answer once', async () => {
  const { passages, server, start, writes, good, answer } = await twoThatAskTheSame({ concurrency: 4 })
  let begin: () => void = () => undefined
  const bothAsk = new Promise<void>((resolve) => (begin = resolve))
  server.behave(async (asked) => {
    await bothAsk
    return answer(asked)
  })
  const one = await start(30)
  worker = await startTestWorker({ MOLIAN_CPU_LANES: '1' })
  await writes(one.jobId)
  // The worker has room for one: the other run is this process's.
  const other = await start(31)
  const done = runNextWell()
  await writes(other.jobId)
  begin()
  await Promise.all([done, untilSucceeded(one.jobId)])
  expect(server.log).toHaveLength(passages.length)
  expect(await Promise.all([one.id, other.id].map(good))).toEqual([passages.length, passages.length])
  const paid = await db().premiseAnswer.count({ where: { premiseRunId: { in: [one.id, other.id] }, isReused: false } })
  expect(paid).toBe(passages.length)
  await expectInvariants(env().databaseUrl)
})

test('what a process was asking when it was killed is asked by another as soon as its job is nobody’s', async () => {
  const { passages, server, start, good, answer } = await twoThatAskTheSame({ concurrency: 2 })
  const reached = new Promise<void>((resolve) => {
    server.behave(() => {
      if (server.log.length === 2) resolve()
      return silence
    })
  })
  const one = await start(30)
  worker = await startTestWorker({ MOLIAN_CPU_LANES: '1' })
  await reached
  await worker.kill()
  expect(await db().questionClaim.count({ where: { jobId: one.jobId } })).toBe(2)
  // Nobody sweeps here, and nobody waits for the lease to end.
  await db().job.update({ where: { id: one.jobId }, data: { leaseUntil: new Date(Date.now() - 1000) } })
  server.behave(answer)
  const other = await start(31)
  await runNextWell()
  expect(await good(other.id)).toBe(passages.length)
  expect(server.log).toHaveLength(2 + passages.length)
})
