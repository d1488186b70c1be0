import { beforeEach, describe, expect, it } from 'vitest'
import { openAttempt } from '@/gpu-worker/attempt/open'
import { writePremises } from '@/gpu-worker/stages/write-premises'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { seedOf } from '@/lib/draw'
import { claimNext, LeaseLost, requestStop } from '@/lib/queue/lease'
import { retryJob } from '@/lib/stages/jobs'
import { listPairs } from '@/tests/support/pairs-of-run'
import type { PassageEntry } from '@/lib/stages/passages/passages'
import { listOutcomes, outcomeFilter, stylesOfRun } from '@/lib/stages/premises/outcomes'
import { listPremiseRuns, premiseCounts } from '@/lib/stages/premises/premises'
import { expectInvariants } from '@/tests/support/invariants'
import { readJob } from '@/tests/support/jobs'
import { refuses, reset, says, startOpenaiServer, together, type Asked, type Behaviour } from '@/tests/support/openai-server'
import { cutNovels, goodPremise, words } from '@/tests/support/premise-runs'
import { modernProse, sendTest } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { premiseSampling, serverKey, startPremiseRun } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
let passageSetId: string
let passages: PassageEntry[]
beforeEach(async () => {
  await db().job.deleteMany()
  ;({ projectId, passageSetId, passages } = await cutNovels([{ name: '路', text: `第一章 出门\n${modernProse(800)}\n第二章 回来\n${modernProse(800, 3)}` }]))
  expect(passages.length).toBeGreaterThan(8)
})

/** The passage that a question is about, by the text in its prompt. */
function about(asked: Asked): number {
  const passage = passages.find(({ text }) => asked.prompt.endsWith(text))
  if (!passage) throw new Error('The question is about no passage')
  return passage.ordinal
}

const goodText = (asked: Asked) => `“${goodPremise(about(asked))}”`
const goodly: Behaviour = (asked) => says(asked, goodText(asked), { promptTokens: 120, completionTokens: 9 })

async function premises(runId: string) {
  return (await listPairs(runId, 'all', { take: 100, skip: 0 })).pairs
}

describe('writing premises', () => {
  it('gives every passage a good one, with its prompt, key and seed', async () => {
    const server = await startOpenaiServer(goodly)
    const run = await startPremiseRun(projectId, passageSetId, server.url)
    expect(await runNextWell()).toMatchObject({ result: { total: passages.length, good: passages.length, refused: 0 }, progressDone: passages.length })
    expect((await premises(run.id)).map(({ premise, passage, outcome, attempts }) => [premise, passage.ordinal, outcome, attempts])).toEqual(
      passages.map(({ ordinal }) => [goodPremise(ordinal), ordinal, 'good', 1]),
    )
    expect(server.log).toHaveLength(passages.length)
    for (const asked of server.log) {
      expect(asked.key).toBe(serverKey)
      expect(asked.body.seed).toBe(seedOf(premiseSampling.seed, about(asked), 1))
      expect(asked.body.messages?.map(({ role }) => role)).toEqual(['system', 'user'])
    }
    const first = passages[0]
    expect(server.log.find((asked) => about(asked) === 0)?.prompt).toBe(`《路》第一章 出门\n${first?.text}`)
    expect(await premiseCounts(run.id)).toEqual({ good: passages.length, refused: 0, failed: 0, answers: passages.length, flaws: [], marks: [], scores: [] })
    expect(JSON.stringify(await listPremiseRuns(projectId))).not.toMatch(/keyCipher|sk-of/)
    await expectInvariants(env().databaseUrl)
  })

  it('asks for each style in its own words and within its own limits, drawn by the seed, and marks what it cannot refuse', async () => {
    await sendTest(projectId, [{ instruction: '', input: '三行的大纲，江边的人等着天亮' }])
    const server = await startOpenaiServer((asked) => says(asked, asked.prompt.startsWith('大纲') ? '三行的大纲\n江边的人\n等着天亮' : goodText(asked)))
    const outline = { style: 'outline' as const, share: 50, system: '', template: '大纲：{{passage}}', examples: [], minimumCharacters: 10, maximumCharacters: 40, maxTokens: 300 }
    const run = await startPremiseRun(projectId, passageSetId, server.url, { tries: 2 }, [outline])
    await runNextWell()
    const rows = await db().premise.findMany({ where: { premiseRunId: run.id }, orderBy: { passage: { ordinal: 'asc' } } })
    const styles = rows.map(({ style }) => style)
    expect(new Set(styles)).toEqual(new Set(['sentence', 'outline']))
    expect(styles).toEqual(passages.map(({ ordinal }) => (seedOf(premiseSampling.seed, ordinal, 0) / 2 ** 31 < 0.5 ? 'outline' : 'sentence')))
    for (const row of rows) expect(row).toMatchObject(row.style === 'outline' ? { outcome: 'good', flaws: ['leak'], attempts: 2 } : { outcome: 'good', flaws: [], attempts: 1 })
    for (const asked of server.log) expect(asked.body.max_tokens).toBe(asked.prompt.startsWith('大纲') ? 300 : premiseSampling.maxTokens)
    const outlines = styles.filter((style) => style === 'outline').length
    expect(await stylesOfRun(run.id)).toEqual([{ style: 'sentence', count: styles.length - outlines }, { style: 'outline', count: outlines }])
    const { total, entries } = await listOutcomes(run.id, outcomeFilter.parse({ style: 'outline', flaw: 'leak' }), { take: 100, skip: 0 })
    expect([total, new Set(entries.map(({ style }) => style))]).toEqual([outlines, new Set(['outline'])])
  })

  it('goes on where a base model would, and stops it at the line’s end', async () => {
    const server = await startOpenaiServer((asked) => says(asked, ` ${words[server.log.length]}人等着天亮。`))
    await startPremiseRun(projectId, passageSetId, server.url, { style: 'completions' })
    await runNextWell()
    expect(server.log[0]).toMatchObject({ path: '/v1/completions', body: { stop: ['\n'] } })
  })

  it('asks as many at once as it may', async () => {
    const server = await startOpenaiServer(together(5, goodly))
    await startPremiseRun(projectId, passageSetId, server.url, { concurrency: 5 })
    await runNextWell()
    expect(server.mostInFlight()).toBe(5)
  })

  it('asks anew for a bad one, with another seed, and refuses it after its tries, with what was wrong each time', async () => {
    const tries = new Map<number, number>()
    const server = await startOpenaiServer((asked, count) => {
      const ordinal = about(asked)
      const before = tries.get(ordinal) ?? 0
      tries.set(ordinal, before + 1)
      if (ordinal === 0) return says(asked, ['', '好的，这是提要', '雪'][before] ?? '?')
      if (ordinal === 1 && before === 0) return says(asked, '江边的人等着天亮', { finishReason: 'length' })
      return goodly(asked, count)
    })
    const run = await startPremiseRun(projectId, passageSetId, server.url)
    expect(await runNextWell()).toMatchObject({ result: { good: passages.length - 1, refused: 1 } })
    const [first, second] = await premises(run.id)
    expect(first).toMatchObject({ outcome: 'refused', premise: '雪', flaws: ['too-short'], attempts: 3 })
    expect(second).toMatchObject({ outcome: 'good', premise: goodPremise(1), attempts: 2 })
    const answers = await db().premiseAnswer.findMany({ where: { premiseRunId: run.id, passageId: first?.passage.id }, orderBy: { attempt: 'asc' } })
    expect(answers.map(({ attempt, flaws }) => [attempt, flaws])).toEqual([[1, ['empty']], [2, ['preamble']], [3, ['too-short']]])
    expect(server.log.filter((asked) => about(asked) === 0).map(({ body }) => body.seed)).toEqual([1, 2, 3].map((attempt) => seedOf(premiseSampling.seed, 0, attempt)))
    expect((await premiseCounts(run.id)).flaws).toEqual(expect.arrayContaining([{ flaw: 'cut-off', count: 1 }, { flaw: 'empty', count: 1 }]))
    await expectInvariants(env().databaseUrl)
  })

  it('fails when none is good, and says so of every later try without asking', async () => {
    const server = await startOpenaiServer((asked) => says(asked, ''))
    const run = await startPremiseRun(projectId, passageSetId, server.url, { tries: 1 })
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'premises.none-good', errorParams: { total: passages.length } })
    await retryJob(run.jobId)
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'premises.none-good' })
    expect(server.log).toHaveLength(passages.length)
  })
})

describe('an interruption', () => {
  it('loses nothing: only what is missing is asked for again, try by try', async () => {
    // Of passage 3 one bad answer is kept before the server fails.
    const server = await startOpenaiServer((asked, count) => {
      if (about(asked) !== 3) return goodly(asked, count)
      return server.log.filter((one) => about(one) === 3).length === 1 ? says(asked, '') : refuses(404, 'gone')
    })
    const run = await startPremiseRun(projectId, passageSetId, server.url, { concurrency: 1, tries: 4 })
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'endpoint.not-found', errorParams: { model: 'writer' } })
    expect((await premises(run.id)).map(({ passage }) => passage.ordinal)).toEqual([0, 1, 2])
    const before = server.log.length

    server.behave(goodly)
    await retryJob(run.jobId)
    await runNextWell()
    const again = server.log.slice(before)
    expect(again.map(about)).toEqual(passages.slice(3).map(({ ordinal }) => ordinal))
    expect(again[0]?.body.seed).toBe(seedOf(premiseSampling.seed, 3, 2))
    expect((await premises(run.id)).map(({ attempts }) => attempts)).toEqual(passages.map(({ ordinal }) => (ordinal === 3 ? 2 : 1)))
    await expectInvariants(env().databaseUrl)
  })

  it.each([[401, 'endpoint.refused'], [403, 'endpoint.refused'], [400, 'endpoint.bad-request']])('%i stops the run at once', async (status, code) => {
    const server = await startOpenaiServer(() => refuses(status, 'no'))
    await startPremiseRun(projectId, passageSetId, server.url, { concurrency: 2 })
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: code })
    expect(server.log.length).toBeLessThanOrEqual(2)
  })

  it('of the line and a busy server is waited out', async () => {
    const server = await startOpenaiServer((asked, count) => (count === 0 ? reset : count === 1 ? refuses(429, 'slow', { 'retry-after': '0' }) : goodly(asked, count)))
    await startPremiseRun(projectId, passageSetId, server.url, { concurrency: 1 })
    await runNextWell()
    expect(server.log).toHaveLength(passages.length + 2)
  })

  it('by a person ends the run and keeps what was finished', async () => {
    const server = await startOpenaiServer(goodly)
    const run = await startPremiseRun(projectId, passageSetId, server.url, { concurrency: 1 })
    server.behave(async (asked, count) => {
      if (count === 4) await requestStop(run.jobId, 'cancel')
      // The fifth answer never comes: only the stop ends the waiting.
      return count === 4 ? () => {} : goodly(asked, count)
    })
    expect(await runNext()).toMatchObject({ state: 'cancelled', errorCode: null })
    expect(await premises(run.id)).toHaveLength(4)
  })

  it('by a newer attempt writes nothing more', async () => {
    const server = await startOpenaiServer(goodly)
    const run = await startPremiseRun(projectId, passageSetId, server.url, { concurrency: 1 })
    const { job, attempt, close } = await claimedAttempt()
    server.behave(async (asked, count) => {
      if (count === 4) await db().job.update({ where: { id: job.id }, data: { epoch: { increment: 1 } } })
      return goodly(asked, count)
    })
    await expect(writePremises(attempt)).rejects.toThrow(LeaseLost)
    await close()
    expect((await premises(run.id)).length).toBeLessThanOrEqual(4)
    expect(server.log.length).toBeLessThan(passages.length)
    expect((await readJob(job.id)).state).toBe('running')
  })

  it('of the database after a commit writes nothing twice', async () => {
    const server = await startOpenaiServer(goodly)
    const run = await startPremiseRun(projectId, passageSetId, server.url)
    const { attempt, close } = await claimedAttempt()
    // What an attempt does when the connection was lost before the commit's answer came: the same once more.
    await writePremises({ ...attempt, write: async (work) => attempt.write(work).then(() => attempt.write(work)) })
    await close()
    expect((await premises(run.id)).map(({ premise }) => premise)).toEqual(passages.map(({ ordinal }) => goodPremise(ordinal)))
    expect(await premiseCounts(run.id)).toMatchObject({ answers: passages.length })
  })
})

async function claimedAttempt() {
  const job = await claimNext('cpu', 'this test', null)
  if (!job) throw new Error('No job is queued')
  return { job, ...openAttempt(job) }
}
