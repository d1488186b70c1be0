import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { everyPassage } from '@/lib/settings/selection'
import type { PassageEntry } from '@/lib/stages/passages/passages'
import { retryPassages } from '@/lib/stages/premises/run-steering'
import { premiseCounts } from '@/lib/stages/premises/premises'
import { expectInvariants } from '@/tests/support/invariants'
import { readJob, untilJob } from '@/tests/support/jobs'
import { refuses, says, startOpenaiServer, type Asked, type Behaviour } from '@/tests/support/openai-server'
import { type CutNovels, cutNovels, goodPremise, type RunOptions, startRunOf, twoNovels } from '@/tests/support/premise-runs'
import { modernProse } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { useStudio } from '@/tests/support/studio'

useStudio()
let cut: CutNovels
let passages: PassageEntry[]
beforeEach(async () => {
  await db().job.deleteMany()
  cut = await cutNovels(twoNovels())
  ;({ passages } = cut)
})

const about = (asked: Asked) => passages.find(({ text }) => asked.prompt.includes(text))?.ordinal ?? -1
/** 1,000 tokens of prompt and 100 of answer. */
const goodly: Behaviour = (asked) => says(asked, goodPremise(about(asked)), { promptTokens: 1000, completionTokens: 100 })
const start = (url: string, options: RunOptions = {}, of: Pick<CutNovels, 'projectId' | 'passageSetId'> = cut) => startRunOf(of, url, options)

const spent = async (premiseRunId: string) => (await db().premiseAnswer.aggregate({ where: { premiseRunId }, _sum: { cost: true } }))._sum.cost ?? 0

describe('a question that was answered before', () => {
  it('is not paid for again: not in another run, nor for the same passage twice', async () => {
    const server = await startOpenaiServer(goodly)
    const price = { input: 1, output: 10 }
    const first = await start(server.url, { price })
    await runNextWell()
    const asked = server.log.length
    // Other checks and fewer at once: not what an answer depends on.
    const second = await start(server.url, { sampling: { maximumCharacters: 31, concurrency: 5 } })
    await runNextWell()
    expect(server.log).toHaveLength(asked)
    const answers = await db().premiseAnswer.findMany({ where: { premiseRunId: second.id } })
    expect(answers.map(({ isReused, cost, promptTokens, servedModel }) => [isReused, cost, promptTokens, servedModel])).toEqual(passages.map(() => [true, 0, 1000, 'writer']))
    expect(await spent(first.id)).toBeCloseTo(0.002 * passages.length)
    await expectInvariants(env().databaseUrl)

    // The same texts, in another project and at other numbers.
    await start(server.url, {}, await cutNovels([{ name: '河', text: modernProse(400, 7) }]))
    await runNextWell()
    expect(server.log).toHaveLength(asked)

    // Another seed, another temperature: other questions.
    for (const sampling of [{ seed: 6 }, { temperature: 0.31 }]) {
      const before = server.log.length
      await start(server.url, { sampling })
      await runNextWell()
      expect(server.log).toHaveLength(before + passages.length)
    }
  })

  it('is asked once of two passages that are the same', async () => {
    const twin = await cutNovels([{ name: '甲', text: modernProse(100) }, { name: '乙', text: modernProse(100) }])
    ;({ passages } = twin)
    expect(passages[0]?.text).toBe(passages[passages.length / 2]?.text)
    const server = await startOpenaiServer(goodly)
    const run = await start(server.url, { sampling: { concurrency: 8 } }, twin)
    await runNextWell()
    expect(server.log).toHaveLength(passages.length / 2)
    expect(await premiseCounts(run.id)).toMatchObject({ good: passages.length })
  })
})

describe('two runs at the same time', () => {
  it('that ask the same pay for each answer once', async () => {
    const server = await startOpenaiServer(goodly)
    const price = { input: 1, output: 10 }
    const one = await start(server.url, { price, sampling: { concurrency: 4 } })
    const other = await start(server.url, { price, sampling: { concurrency: 4, maximumCharacters: 31 } })
    // No answer comes before both have begun to ask.
    const bothAsk = Promise.all([one, other].map(({ jobId }) => untilJob(jobId, ({ phase }) => phase === 'writing')))
    server.behave(async (asked, count) => {
      await bothAsk
      return goodly(asked, count)
    })
    await Promise.all([runNextWell(), runNextWell()])
    expect(server.log).toHaveLength(passages.length)
    expect((await spent(one.id)) + (await spent(other.id))).toBeCloseTo(0.002 * passages.length)
    for (const { id } of [one, other]) expect(await premiseCounts(id)).toMatchObject({ good: passages.length })
    await expectInvariants(env().databaseUrl)
  })
})

describe('a passage that fails', () => {
  const filtered: Behaviour = (asked, count) => (about(asked) === 2 ? refuses(400, 'content filter: inappropriate input') : goodly(asked, count))

  it('says why, stops no other, and is asked about alone afterwards', async () => {
    const server = await startOpenaiServer(filtered)
    const run = await start(server.url)
    expect(await runNextWell()).toMatchObject({ result: { good: passages.length - 1, failed: 1 } })
    const failed = await db().premise.findFirstOrThrow({ where: { premiseRunId: run.id, outcome: 'failed' }, include: { passage: true } })
    expect(failed).toMatchObject({ text: '', attempts: 0, errorCode: 'endpoint.bad-request', errorParams: { reason: expect.stringContaining('content filter') }, passage: { ordinal: 2 } })
    await expectInvariants(env().databaseUrl)

    server.behave(goodly)
    const before = server.log.length
    expect(await retryPassages(cut.projectId, run.id, ['failed'])).toBe(1)
    await runNextWell()
    expect(server.log.slice(before).map(about)).toEqual([2])
    expect(await premiseCounts(run.id)).toMatchObject({ good: passages.length, failed: 0 })
    await expect(retryPassages(cut.projectId, run.id, ['failed'])).rejects.toMatchObject({ code: 'premises.nothing-to-retry' })
    expect((await readJob(run.jobId)).state).toBe('succeeded')
  })

  it('may be the first, where the server speaks of its text', async () => {
    const server = await startOpenaiServer((asked, count) => (about(asked) === 0 ? refuses(400, 'data_inspection_failed') : goodly(asked, count)))
    await start(server.url)
    expect(await runNextWell()).toMatchObject({ result: { good: passages.length - 1, failed: 1 } })
  })

  it('is the endpoint’s doing after twenty others in a row, whatever it says of their texts', async () => {
    cut = await cutNovels([{ name: '长', text: modernProse(4000) }])
    ;({ passages } = cut)
    expect(passages.length).toBeGreaterThan(22)
    const server = await startOpenaiServer((asked, count) => (count === 0 ? goodly(asked, count) : refuses(400, 'content filter: inappropriate input')))
    const run = await start(server.url, {}, cut)
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'endpoint.bad-request' })
    expect(server.log).toHaveLength(1 + 20 + 1)
    expect(await premiseCounts(run.id)).toMatchObject({ good: 1, failed: 20 })

    // An answer between them, and it is the texts again.
    const often = await startOpenaiServer((asked, count) => (count % 20 === 0 ? goodly(asked, count) : refuses(400, 'content filter: inappropriate input')))
    const other = await start(often.url, {}, cut)
    await runNextWell()
    expect(await premiseCounts(other.id)).toMatchObject({ good: Math.ceil(passages.length / 20) })
  })

  it('is the endpoint’s doing when it is the first otherwise', async () => {
    const server = await startOpenaiServer(() => refuses(400, 'unknown parameter'))
    const run = await start(server.url)
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'endpoint.bad-request' })
    expect(await db().premise.count({ where: { premiseRunId: run.id } })).toBe(0)
  })

  it('the checks have refused has its tries once more, with new seeds, but not where a person has written one', async () => {
    const server = await startOpenaiServer((asked, count) => (about(asked) < 2 ? says(asked, '') : goodly(asked, count)))
    const run = await start(server.url, { sampling: { tries: 2 } })
    await runNextWell()
    const [first] = await db().premise.findMany({ where: { premiseRunId: run.id, outcome: 'refused' }, orderBy: { passage: { ordinal: 'asc' } } })
    await db().premise.update({ where: { id: first?.id ?? 0 }, data: { edited: '自己写的提要' } })
    const before = server.log.length
    const seeds = new Set(server.log.map(({ body }) => body.seed))
    expect(await retryPassages(cut.projectId, run.id, ['refused', 'failed'])).toBe(1)
    await runNextWell()
    const again = server.log.slice(before)
    expect(again.map(about)).toEqual([1, 1])
    expect(again.filter(({ body }) => seeds.has(body.seed))).toEqual([])
    expect(await db().premise.count({ where: { premiseRunId: run.id } })).toBe(passages.length)
    const last = await db().premise.findFirstOrThrow({ where: { premiseRunId: run.id, passage: { ordinal: 1 } } })
    expect(last).toMatchObject({ outcome: 'refused', attempts: 4 })
  })

  it('is not retried while the run goes on', async () => {
    const server = await startOpenaiServer(goodly)
    const run = await start(server.url)
    await expect(retryPassages(cut.projectId, run.id, ['failed'])).rejects.toMatchObject({ code: 'premises.still-running' })
  })
})

describe('a selection', () => {
  const novelOf = (title: string) => passages.find(({ novel }) => novel === title)
  it('leaves out novels, chapters and passages; the run is complete without them', async () => {
    const server = await startOpenaiServer(goodly)
    const chapter = novelOf('路')?.chapterId ?? 0
    const left = passages.filter(({ novel, chapterId, ordinal }) => novel !== '河' && chapterId !== chapter && ordinal !== 9)
    const selection = { leaveOut: { novels: [novelOf('河')?.novelId ?? 0], chapters: [chapter], passages: [9] }, sample: null }
    const run = await start(server.url, { selection })
    expect(run.expected).toBe(left.length)
    expect(await runNextWell()).toMatchObject({ result: { total: left.length, good: left.length }, progressTotal: left.length })
    expect(server.log.map(about)).toEqual(left.map(({ ordinal }) => ordinal))
    await expectInvariants(env().databaseUrl)
  })

  it('draws a sample that its seed decides, the smaller within the larger', async () => {
    const drawn = async (size: number, seed: number) => {
      const server = await startOpenaiServer(goodly)
      await start(server.url, { selection: { ...everyPassage, sample: { size, seed } } })
      await runNextWell()
      return server.log.map(about)
    }
    const three = await drawn(3, 1)
    expect(three).toHaveLength(3)
    expect(await drawn(3, 1)).toEqual(three)
    expect(await drawn(5, 1)).toEqual(expect.arrayContaining(three))
    expect(await drawn(3, 2)).not.toEqual(three)
    expect(await drawn(1000, 1)).toHaveLength(passages.length)
  })

  it('that takes nothing starts nothing', async () => {
    const server = await startOpenaiServer(goodly)
    const selection = { ...everyPassage, leaveOut: { ...everyPassage.leaveOut, novels: passages.map(({ novelId }) => novelId) } }
    await expect(start(server.url, { selection })).rejects.toMatchObject({ code: 'premises.none-selected' })
  })
})

describe('a JSON schema', () => {
  const formed: Behaviour = (asked) => says(asked, asked.body.response_format ? JSON.stringify({ text: goodPremise(about(asked)) }) : goodPremise(about(asked)))
  const takes = async (runId: string) => (await db().premiseRun.findUniqueOrThrow({ where: { id: runId }, include: { endpoint: true } })).endpoint

  it('is asked for where it is wanted, and the premise taken out of it', async () => {
    const server = await startOpenaiServer(formed)
    const run = await start(server.url, { sampling: { jsonOutput: true } })
    await runNextWell()
    expect(server.log.every(({ body }) => body.response_format)).toBe(true)
    expect(await db().premise.findFirst({ where: { premiseRunId: run.id, passage: { ordinal: 0 } } })).toMatchObject({ text: goodPremise(0), outcome: 'good' })
    expect(await takes(run.id)).toMatchObject({ takesJsonSchema: true })
  })

  it.each([
    ['refuses it', (asked: Asked) => (asked.body.response_format ? refuses(400, 'response_format is not supported') : says(asked, goodPremise(about(asked)))), 1],
    ['takes no notice of it', (asked: Asked) => says(asked, goodPremise(about(asked))), 0],
  ])('is done without on a server that %s, and the endpoint says so', async (_, behaviour, lost) => {
    const server = await startOpenaiServer(behaviour)
    const run = await start(server.url, { sampling: { jsonOutput: true } })
    expect(await runNextWell()).toMatchObject({ result: { good: passages.length } })
    expect(server.log).toHaveLength(passages.length + lost)
    expect(server.log.at(-1)?.body.response_format).toBeUndefined()
    expect(await takes(run.id)).toMatchObject({ takesJsonSchema: false, jsonSchemaReason: expect.any(String) })
  })
})

describe('grades', () => {
  const graded: Behaviour = (asked, count) => {
    if (!asked.prompt.includes('【提要】')) return goodly(asked, count)
    return says(asked, ['4', '评分：5 分', '四分', '不好说', '3/5'][about(asked) % 5] ?? '', { promptTokens: 10, completionTokens: 1 })
  }
  it('are given to every good premise by a second question, once', async () => {
    const server = await startOpenaiServer(graded)
    const run = await start(server.url, { sampling: { scoring: true, concurrency: 4 } })
    await runNextWell()
    const premises = await db().premise.findMany({ where: { premiseRunId: run.id }, include: { passage: true, scoring: true }, orderBy: { passage: { ordinal: 'asc' } } })
    expect(premises.map(({ score }) => score)).toEqual(passages.map(({ ordinal }) => [4, 5, 4, null, 3][ordinal % 5]))
    expect(premises.every(({ scoring }) => scoring?.version === 1)).toBe(true)
    expect(server.log).toHaveLength(passages.length * 2)
  })

  it('that are missing are asked for after an interruption, and nothing else is', async () => {
    const server = await startOpenaiServer((asked, count) => (asked.prompt.includes('【提要】') && about(asked) === 4 ? refuses(401, 'no') : graded(asked, count)))
    const run = await start(server.url, { sampling: { scoring: true } })
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'endpoint.refused' })
    const before = server.log.length
    server.behave(graded)
    const job = await db().job.update({ where: { id: run.jobId }, data: { state: 'queued', errorCode: null, errorText: null } })
    await runNextWell()
    expect(job.id).toBe(run.jobId)
    expect(server.log.slice(before).map(about)).toEqual(passages.slice(4).map(({ ordinal }) => ordinal))
  })
})
