import { beforeEach, describe, expect, it } from 'vitest'
import { openAttempt } from '@/gpu-worker/attempt/open'
import { writeStories } from '@/gpu-worker/stages/write-stories'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { seedOf } from '@/lib/draw'
import { claimNext, requestStop } from '@/lib/queue/lease'
import { retryJob } from '@/lib/stages/jobs'
import { findStoryRun, storyCounts, storyLines } from '@/lib/stages/stories/stories'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { refuses, says, startOpenaiServer, together, type Asked, type Behaviour } from '@/tests/support/openai-server'
import { row, sendTest } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { serverKey, startStoryRun, storySampling } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const inputs = Array.from({ length: 10 }, (_, index) => `第${'〇一二三四五六七八九'[index]}个人在雪夜里归来`)
let projectId: string
let testUploadId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
  testUploadId = (await sendTest(projectId, inputs.map(row))).id
})

const about = (asked: Asked) => inputs.indexOf(asked.prompt)
const story = (ordinal: number) => `他推开门，${'甲乙丙丁戊己庚辛壬癸'[ordinal]}人坐在灯下。`
const goodly: Behaviour = (asked) => says(asked, `\n${story(about(asked))} `, { promptTokens: 30, completionTokens: 12 })
const tries = (runId: string, ordinal: number) => db().storyTry.findMany({ where: { storyRunId: runId, testRow: { ordinal } }, orderBy: { number: 'asc' } })
const stories = (runId: string) => db().story.findMany({ where: { storyRunId: runId }, include: { testRow: true }, orderBy: { testRow: { ordinal: 'asc' } } })

describe('writing stories', () => {
  it('sends every row at once and keeps each story with its seed, tokens and finish', async () => {
    const server = await startOpenaiServer(together(inputs.length, goodly))
    const run = await startStoryRun(projectId, testUploadId, server.url)
    expect(await runNextWell()).toMatchObject({ result: { total: 10, good: 10, refused: 0 }, progressDone: 10, progressTotal: 10 })
    expect(server.mostInFlight()).toBe(inputs.length)
    expect(await stories(run.id)).toMatchObject(
      inputs.map((input, ordinal) => ({
        testRow: { ordinal, input },
        text: story(ordinal),
        outcome: 'good',
        flaws: [],
        attempts: 1,
        finishReason: 'stop',
        promptTokens: 30,
        completionTokens: 12,
        seed: seedOf(storySampling.seed, ordinal, 1),
      })),
    )
    expect(new Set(server.log.map(({ key }) => key))).toEqual(new Set([serverKey]))
    expect(server.log.every(({ body }) => body.seed === seedOf(storySampling.seed, inputs.indexOf(body.messages?.at(-1)?.content ?? ''), 1))).toBe(true)
    expect(await storyCounts(run.id)).toEqual({ good: 10, marked: 0, refused: 0, flaws: [], completionTokens: 120 })
    const ids = (await stories(run.id)).map(({ id }) => id).sort((a, b) => a - b)
    expect((await storyLines(run.id, 0)).map(({ id }) => id)).toEqual(ids)
    expect(await storyLines(run.id, ids.at(-2) ?? 0)).toMatchObject([{ id: ids.at(-1), outcome: 'good', flaws: [] }])
    await expectInvariants(env().databaseUrl)
  })

  it('keeps to its bound', async () => {
    const server = await startOpenaiServer(together(3, goodly))
    await startStoryRun(projectId, testUploadId, server.url, { concurrency: 3 })
    await runNextWell()
    expect(server.mostInFlight()).toBe(3)
  })

  it('labels the run with what the server says it ran', async () => {
    const server = await startOpenaiServer((asked) => says(asked, story(about(asked)), { model: 'writer-2026-11' }))
    const run = await startStoryRun(projectId, testUploadId, server.url)
    await runNextWell()
    expect(await findStoryRun(projectId, run.id)).toMatchObject({ servedName: 'writer-2026-11', servedSha256: null })
  })

  it('stores nothing of a server that turns into another model', async () => {
    const server = await startOpenaiServer((asked, count) => says(asked, story(about(asked)), { model: count < 3 ? 'writer' : 'cheaper' }))
    const run = await startStoryRun(projectId, testUploadId, server.url, { concurrency: 1 })
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'stories.wrong-model', errorParams: { served: 'cheaper', asked: 'writer' } })
    expect((await stories(run.id)).map(({ testRow }) => testRow.ordinal)).toEqual([0, 1, 2])
    await retryJob(run.jobId)
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'stories.wrong-model' })
    expect(await stories(run.id)).toHaveLength(3)
    expect(await findStoryRun(projectId, run.id)).toMatchObject({ servedName: 'writer' })
  })

  it('asks anew, with another seed, for what cannot be handed in; of refused ones the best stays, and every one is kept', async () => {
    const asked: number[] = []
    const server = await startOpenaiServer((question, count) => {
      const ordinal = about(question)
      const before = (asked[ordinal] = (asked[ordinal] ?? -1) + 1)
      if (ordinal === 0) return says(question, ['雪夜', '雪'][before] ?? '?')
      if (ordinal === 1 && before === 0) return says(question, ' ')
      if (ordinal === 2) return says(question, '雪一直下着。'.repeat(20), { finishReason: 'length' })
      return goodly(question, count)
    })
    const run = await startStoryRun(projectId, testUploadId, server.url)
    expect(await runNextWell()).toMatchObject({ result: { good: 9, refused: 1 } })
    const [first, second, third] = await stories(run.id)
    expect(first).toMatchObject({ outcome: 'refused', text: '雪夜', flaws: ['too-short'], attempts: 2, seed: seedOf(storySampling.seed, 0, 1) })
    expect(second).toMatchObject({ outcome: 'good', attempts: 2, seed: seedOf(storySampling.seed, 1, 2) })
    expect(third).toMatchObject({ outcome: 'good', flaws: ['cut-off', 'looped'], attempts: 1, finishReason: 'length' })
    expect(first).toMatchObject({ tryNumber: 1, characters: 2, repetition: 0, chosenByPerson: false })
    expect(await tries(run.id, 0)).toMatchObject([{ number: 1, kind: 'written', text: '雪夜', outcome: 'refused' }, { number: 2, text: '雪', seed: seedOf(storySampling.seed, 0, 2) }])
    expect(await tries(run.id, 1)).toMatchObject([{ number: 1, text: '', flaws: ['empty'] }, { number: 2, text: story(1), outcome: 'good' }])
    expect((await storyCounts(run.id)).flaws).toEqual(expect.arrayContaining([{ flaw: 'looped', count: 1 }]))
    await expectInvariants(env().databaseUrl)
  })

  it('fails when none is good', async () => {
    const server = await startOpenaiServer((asked) => says(asked, ''))
    await startStoryRun(projectId, testUploadId, server.url, { tries: 1 })
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'stories.none-good', errorParams: { total: 10 } })
  })

  it('writes for the instruction where a row has no input', async () => {
    const upload = await sendTest(projectId, [{ instruction: '写一篇雪夜', input: '', output: '' }])
    const server = await startOpenaiServer((asked) => says(asked, '雪夜里没有人。'))
    await startStoryRun(projectId, upload.id, server.url, { style: 'completions' })
    await runNextWell()
    expect(server.log[0]?.body.prompt).toBe('你是小说家。\n\n写一篇雪夜\n\n')
  })
})

describe('an interruption', () => {
  it('keeps what is finished: only the missing rows are asked for', async () => {
    const server = await startOpenaiServer((asked, count) => (count < 4 ? goodly(asked, count) : refuses(401, 'expired')))
    const run = await startStoryRun(projectId, testUploadId, server.url, { concurrency: 1 })
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'endpoint.refused' })
    expect(server.log).toHaveLength(5)
    server.behave(goodly)
    expect((await startStoryRun(projectId, testUploadId, server.url, { concurrency: 1 })).id).toBe(run.id)
    await runNextWell()
    expect(server.log.slice(5).map(about)).toEqual([4, 5, 6, 7, 8, 9])
    expect((await stories(run.id)).map(({ text }) => text)).toEqual(inputs.map((_, ordinal) => story(ordinal)))
    await expectInvariants(env().databaseUrl)
  })

  it('between two tries of a row pays for neither twice', async () => {
    const server = await startOpenaiServer((asked, count) => (about(asked) > 0 ? goodly(asked, count) : count === 0 ? says(asked, '雪') : refuses(401, 'expired')))
    const run = await startStoryRun(projectId, testUploadId, server.url, { concurrency: 1, tries: 3 })
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'endpoint.refused' })
    expect(await stories(run.id)).toHaveLength(0)
    expect(await tries(run.id, 0)).toMatchObject([{ number: 1, text: '雪' }])
    server.behave(goodly)
    await retryJob(run.jobId)
    await runNextWell()
    expect(server.log.filter((asked) => about(asked) === 0).map(({ body }) => body.seed)).toEqual([1, 2, 2].map((number) => seedOf(storySampling.seed, 0, number)))
    expect((await stories(run.id))[0]).toMatchObject({ outcome: 'good', attempts: 2, tryNumber: 2 })
    await expectInvariants(env().databaseUrl)
  })

  it('by a person ends it, with rows still open', async () => {
    const server = await startOpenaiServer(goodly)
    const run = await startStoryRun(projectId, testUploadId, server.url)
    server.behave(async (asked, count) => {
      if (about(asked) === 5) await requestStop(run.jobId, 'cancel')
      return about(asked) < 5 ? goodly(asked, count) : () => {}
    })
    expect(await runNext()).toMatchObject({ state: 'cancelled' })
    expect(await stories(run.id)).toHaveLength(5)
  })

  it('of the database after a commit writes nothing twice', async () => {
    const server = await startOpenaiServer(goodly)
    const run = await startStoryRun(projectId, testUploadId, server.url)
    const job = await claimNext('cpu', 'this test', null)
    if (!job) throw new Error('No job is queued')
    const { attempt, close } = openAttempt(job)
    // What an attempt does when the connection was lost before the commit's answer came: the same once more.
    await writeStories({ ...attempt, write: async (work) => attempt.write(work).then(() => attempt.write(work)) })
    await close()
    expect((await stories(run.id)).map(({ text }) => text)).toEqual(inputs.map((_, ordinal) => story(ordinal)))
  })
})
