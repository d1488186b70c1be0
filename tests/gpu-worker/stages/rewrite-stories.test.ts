import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import type { RewriteRule } from '@/lib/settings/rewrites'
import { retryJob } from '@/lib/stages/jobs'
import { startRewrite } from '@/lib/stages/stories/rewrites'
import { storyLines } from '@/lib/stages/stories/stories'
import { chooseTry } from '@/lib/stages/stories/tries'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject, readJob } from '@/tests/support/jobs'
import { refuses, says, startOpenaiServer, type Asked, type Behaviour, type TestServer } from '@/tests/support/openai-server'
import { row, sendTest } from '@/tests/support/project-files'
import { runNext, runNextWell, runStoriesWell } from '@/tests/support/run-next'
import { startStoryRun } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const premises = ['邮差在雪夜迷路', '掌柜的等一个人', '江上的灯灭了']
const good: Record<string, string> = { 邮差在雪夜迷路: '邮差在雪夜迷路了。', 掌柜的等一个人: '掌柜的等一个人，等到天亮。', 江上的灯灭了: '江上的灯灭了，船也停了。' }
const looped = '雪一直下着。'.repeat(20)
const rule: RewriteRule = { flaws: ['looped'], adherenceBelow: null, tries: 3, continueCutOff: false, rows: null }
let projectId: string
let server: TestServer
let runId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
})

const goodly: Behaviour = (asked) => says(asked, good[premiseIn(asked)] ?? '?')
const premiseIn = (asked: Asked) => premises.find((each) => asked.body.messages?.some(({ content }) => content === each)) ?? ''

/** A written and scored run whose first answers are these; the server's log begins after it. */
async function written(first: Behaviour): Promise<void> {
  const testUploadId = (await sendTest(projectId, premises.map(row))).id
  server = await startOpenaiServer(first)
  runId = (await startStoryRun(projectId, testUploadId, server.url, { concurrency: 1 })).id
  await runStoriesWell()
  server.log.length = 0
}
const firstLooped: Behaviour = (asked, count) => (premiseIn(asked) === premises[0] ? says(asked, looped) : goodly(asked, count))
const storyOf = (ordinal: number) => db().story.findFirstOrThrow({ where: { storyRunId: runId, testRow: { ordinal } }, include: { score: true } })
const triesOf = (ordinal: number) => db().storyTry.findMany({ where: { storyRunId: runId, testRow: { ordinal } }, orderBy: { number: 'asc' } })

describe('flagged stories written again', () => {
  it('until they are not flagged any more, each try kept and the best chosen; what was measured of the old one is gone', async () => {
    await written(firstLooped)
    expect((await storyOf(0)).score).not.toBeNull()
    let asked = 0
    server.behave((question, count) => (asked++ === 0 ? says(question, looped) : goodly(question, count)))
    await startRewrite(projectId, runId, rule)
    expect(await runNextWell()).toMatchObject({ name: 'rewrite-stories', result: { total: 1, tries: 2 }, progressDone: 1 })
    expect(server.log).toHaveLength(2)
    expect(await triesOf(0)).toMatchObject([{ number: 1, flaws: ['looped'] }, { number: 2, flaws: ['looped'] }, { number: 3, flaws: [], kind: 'written' }])
    expect(new Set((await triesOf(0)).map(({ seed }) => seed)).size).toBe(3)
    expect(await storyOf(0)).toMatchObject({ text: good[premises[0] ?? ''], tryNumber: 3, attempts: 3, chosenByPerson: false, score: null })
    expect(await runNextWell()).toMatchObject({ name: 'score-stories' })
    expect((await storyOf(0)).score).not.toBeNull()
    await expectInvariants(env().databaseUrl)
  })

  it('at most so often, and the old one stays where none is better', async () => {
    await written(firstLooped)
    server.behave((asked) => says(asked, ''))
    const seen = (await storyLines(runId, 0)).at(-1)?.id ?? 0
    await startRewrite(projectId, runId, { ...rule, tries: 2 })
    await runNextWell()
    expect(server.log).toHaveLength(2)
    // A list that follows the run is told of the tries all the same.
    expect(await storyLines(runId, seen)).toMatchObject([{ ordinal: 0, attempts: 3 }])
    expect(await storyOf(0)).toMatchObject({ text: looped, tryNumber: 1, attempts: 3 })
    await expectInvariants(env().databaseUrl)
  })

  it('also for being off the premise', async () => {
    await written((asked, count) => (premiseIn(asked) === premises[1] ? says(asked, '船停在岸边，没有人。') : goodly(asked, count)))
    server.behave(goodly)
    await startRewrite(projectId, runId, { ...rule, flaws: [], adherenceBelow: 0.5 })
    await runNextWell()
    expect(server.log.map(premiseIn)).toEqual([premises[1]])
    expect((await storyOf(1)).text).toBe(good[premises[1] ?? ''])
  })

  it('after a failure only for what is left of their tries', async () => {
    await written((asked) => says(asked, looped))
    server.behave((asked, count) => (count < 2 ? says(asked, looped) : refuses(401, 'expired')))
    const { id } = await startRewrite(projectId, runId, rule)
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'endpoint.refused' })
    expect(server.log).toHaveLength(3)
    server.behave((asked) => says(asked, looped))
    const { jobId } = await db().storyRewrite.findUniqueOrThrow({ where: { id } })
    await retryJob(jobId)
    await runNextWell()
    // Three rows at three tries each, of which two were had before, and one refused request.
    expect(server.log).toHaveLength(3 + 7)
    expect(await readJob(jobId)).toMatchObject({ result: { total: 3, tries: 9 } })
    await expectInvariants(env().databaseUrl)
  })

  it('are measured as far as they came before a failure', async () => {
    await written((asked) => says(asked, looped))
    server.behave((asked, count) => (count === 0 ? goodly(asked, count) : refuses(401, 'expired')))
    await startRewrite(projectId, runId, rule)
    expect(await runNext()).toMatchObject({ name: 'rewrite-stories', state: 'failed', errorCode: 'endpoint.refused' })
    expect((await storyOf(0)).score).toBeNull()
    expect(await runNextWell()).toMatchObject({ name: 'score-stories' })
    expect((await storyOf(0)).score).not.toBeNull()
  })

  it('leave alone what a person chose, and refuse where nothing is flagged or something still runs', async () => {
    await written(firstLooped)
    await chooseTry({ projectId, storyRunId: runId, row: 0 }, { number: 1, byPerson: true })
    await expect(startRewrite(projectId, runId, rule)).rejects.toMatchObject({ code: 'stories.none-flagged' })
    await chooseTry({ projectId, storyRunId: runId, row: 0 }, 'best')
    const { id } = await startRewrite(projectId, runId, rule)
    expect(await startRewrite(projectId, runId, rule)).toEqual({ id })
    await expect(startRewrite(projectId, runId, { ...rule, tries: 1 })).rejects.toMatchObject({ code: 'stories.still-writing' })
  })
})

describe('a story that was cut off', () => {
  const half = '邮差在雪夜迷路，走了很久很久'
  const cut: Behaviour = (asked, count) => (premiseIn(asked) === premises[0] ? says(asked, half, { finishReason: 'length' }) : goodly(asked, count))

  it('is gone on with, as a try of its own; what the model says again at the seam stands there once', async () => {
    await written(cut)
    server.behave((asked) => says(asked, '迷路，走了很久很久，天终于亮了。'))
    await startRewrite(projectId, runId, { ...rule, flaws: ['cut-off'], continueCutOff: true })
    await runNextWell()
    expect(server.log[0]?.body.messages?.slice(-2)).toMatchObject([{ role: 'assistant', content: half }, { role: 'user' }])
    expect(await storyOf(0)).toMatchObject({ text: `${half}，天终于亮了。`, flaws: [], tryNumber: 2 })
    expect((await triesOf(0))[1]).toMatchObject({ kind: 'continued', fromNumber: 1, finishReason: 'stop' })
    await expectInvariants(env().databaseUrl)
  })

  it('is gone on with by itself when a person asks for that row, even after the person chose it', async () => {
    await written(cut)
    await chooseTry({ projectId, storyRunId: runId, row: 0 }, { number: 1, byPerson: true })
    server.behave((asked) => says(asked, '，天终于亮了。'))
    await startRewrite(projectId, runId, { ...rule, flaws: [], continueCutOff: true, tries: 1, rows: [0] })
    await runNextWell()
    expect(await storyOf(0)).toMatchObject({ text: `${half}，天终于亮了。`, chosenByPerson: true, tryNumber: 2 })
  })
})
