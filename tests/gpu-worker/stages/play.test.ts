import '@/bin/quiet-log'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { warmEngine } from '@/gpu-worker/engine/warm-engine'
import { handlers } from '@/gpu-worker/handlers'
import { runJob } from '@/gpu-worker/run-job'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { claimNext, requestStop } from '@/lib/queue/lease'
import { retryJob } from '@/lib/stages/jobs'
import { columnTexts } from '@/lib/stages/playground/column-texts'
import { askColumnAgain, stopColumns } from '@/lib/stages/playground/steering'
import { startTraining } from '@/lib/stages/training/training'
import { makeFrozenDataset, quickTraining } from '@/tests/support/frozen-dataset'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject, readJob } from '@/tests/support/jobs'
import { conducted, streamed, type Hand } from '@/tests/support/llm-faults'
import { refuses, startOpenaiServer, together, type Asked } from '@/tests/support/openai-server'
import { columnAt, columnOf, columnsOfPlay, startPlayOf } from '@/tests/support/plays'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { smallAdapter } from '@/tests/support/small-adapter'
import { smallModel } from '@/tests/support/small-model'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
})

const untilText = (playId: string, place: number, text: string) => expect.poll(async () => (await columnsOfPlay(playId))[place]?.text, { timeout: 20_000 }).toBe(text)

/** A server whose every answer begins with a word and goes on by the hand that is given out. */
async function begun(word: string) {
  const hands: Hand[] = []
  const server = await startOpenaiServer((asked) => conducted(asked, (hand) => {
    hand.say(word)
    hands.push(hand)
  }))
  return { server, hands }
}

describe('a play', () => {
  it('asks all of its columns at once, each with its own sampling, and keeps what came, how fast, and what the server calls itself', async () => {
    const answer = (asked: Asked) => conducted(asked, (hand) => {
      hand.say('雪', '停', `了${asked.body.seed}。`)
      hand.end(asked.body.seed === 1 ? 'stop' : 'length')
    }, 'writer-2')
    const server = await startOpenaiServer(together(2, answer))
    const play = await startPlayOf(projectId, [await columnAt(projectId, server.url, { seed: 1 }), await columnAt(projectId, server.url, { seed: 2, temperature: 0.2 })])
    expect(await runNextWell()).toMatchObject({ name: 'play', lane: 'cpu', progressDone: 2, progressTotal: 2, result: { total: 2, good: 2, stopped: 0, failed: 0 } })
    const [first, second] = await columnsOfPlay(play.id)
    expect(first).toMatchObject({ state: 'written', text: '雪停了1。', pieces: 3, completionTokens: 3, promptTokens: 7, finishReason: 'stop', servedName: 'writer-2', servedSha256: null, firstTokenMs: expect.any(Number), writingMs: expect.any(Number) })
    expect(second).toMatchObject({ state: 'written', text: '雪停了2。', finishReason: 'length' })
    expect(server.log.map(({ body, prompt }) => [prompt, body.temperature]).toSorted()).toEqual([['雪夜里归来的旅人', 0.2], ['雪夜里归来的旅人', 0.8]])
    await expectInvariants(env().databaseUrl)
  })

  it('shows its words while they come; one column is stopped with what it has, the other goes on', async () => {
    const { server, hands } = await begun('雪')
    const play = await startPlayOf(projectId, [await columnAt(projectId, server.url, { seed: 1 }), await columnAt(projectId, server.url, { seed: 2 })])
    const running = runNext()
    await untilText(play.id, 0, '雪')
    await untilText(play.id, 1, '雪')
    const shown = await columnTexts(play.id, [])
    expect(shown).toMatchObject([{ state: 'writing', text: '雪', length: 1, wait: null, servedName: 'writer' }, { state: 'writing' }])
    const stopped = server.log[0]?.body.seed === 1 ? 0 : 1
    await stopColumns(projectId, play.id, [stopped])
    await expect.poll(async () => (await columnsOfPlay(play.id))[stopped]?.state, { timeout: 20_000 }).toBe('stopped')
    hands[1]?.say('落')
    hands[1]?.end()
    expect(await running).toMatchObject({ state: 'succeeded', result: { good: 1, stopped: 1 } })
    const columns = await columnsOfPlay(play.id)
    expect(columns[stopped]).toMatchObject({ state: 'stopped', text: '雪', finishReason: null })
    expect(columns[1 - stopped]).toMatchObject({ state: 'written', text: '雪落' })
    // Whoever has a part is given the rest.
    const known = columns.map(({ place, epoch }) => ({ place, epoch, length: 1 }))
    expect((await columnTexts(play.id, known)).map(({ text, from }) => [text, from]).toSorted()).toEqual([['', 1], ['落', 1]])
    await expectInvariants(env().databaseUrl)
  })

  it('whose worker goes away in the middle begins anew what was cut off, and leaves alone what was finished', async () => {
    const finished = await startOpenaiServer((asked) => streamed(asked, '写完了。'))
    const { server } = await begun('半')
    const play = await startPlayOf(projectId, [await columnAt(projectId, finished.url), await columnAt(projectId, server.url)])
    const job = await claimNext('cpu', 'this test', null)
    if (!job) throw new Error('No job is queued')
    const running = runJob(job, handlers)
    await untilText(play.id, 1, '半')
    await expect.poll(async () => (await columnsOfPlay(play.id))[0]?.state).toBe('written')
    running.stop('shutdown')
    await running.ended
    expect(await readJob(job.id)).toMatchObject({ state: 'queued' })
    server.behave((asked) => streamed(asked, '整篇。'))
    await runNextWell()
    expect((await columnsOfPlay(play.id)).map(({ text, epoch }) => [text, epoch])).toEqual([['写完了。', 1], ['整篇。', 2]])
    expect(finished.log).toHaveLength(1)
    // Of the earlier attempt's text nothing is added to.
    expect((await columnTexts(play.id, [{ place: 1, epoch: 1, length: 1 }]))[1]).toMatchObject({ text: '整篇。', from: 0 })
  })

  it('keeps what a column had when its server broke off, with the reason; asked again it is whole', async () => {
    const { server, hands } = await begun('雪')
    const good = await startOpenaiServer((asked) => streamed(asked, '好。'))
    const play = await startPlayOf(projectId, [await columnAt(projectId, server.url), await columnAt(projectId, good.url)])
    const running = runNext()
    await untilText(play.id, 0, '雪')
    hands[0]?.breakOff()
    expect(await running).toMatchObject({ state: 'succeeded', result: { good: 1, failed: 1 } })
    expect((await columnsOfPlay(play.id))[0]).toMatchObject({ state: 'failed', text: '雪', errorCode: 'endpoint.cut-off' })
    server.behave((asked) => streamed(asked, '雪落了。'))
    await askColumnAgain(projectId, play.id, 0)
    await runNextWell()
    expect((await columnsOfPlay(play.id)).map(({ state, text, errorCode }) => [state, text, errorCode])).toEqual([['written', '雪落了。', null], ['written', '好。', null]])
    expect(good.log).toHaveLength(1)
    await expectInvariants(env().databaseUrl)
  })

  it('fails with the first reason when nothing came of it, and tries all of them once more', async () => {
    const server = await startOpenaiServer(() => refuses(401, 'no'))
    const play = await startPlayOf(projectId, [await columnAt(projectId, server.url)])
    const failed = await runNext()
    expect(failed).toMatchObject({ state: 'failed', errorCode: 'endpoint.refused' })
    expect(await columnTexts(play.id, [])).toMatchObject([{ state: 'failed', error: { code: 'endpoint.refused', params: { status: 401 } } }])
    server.behave((asked) => streamed(asked, '好。'))
    await retryJob(failed.id)
    await runNextWell()
    expect((await columnsOfPlay(play.id))[0]).toMatchObject({ state: 'written', text: '好。' })
  })

  it('of an empty answer says that it is empty, and how it ended', async () => {
    const server = await startOpenaiServer((asked) => conducted(asked, (hand) => hand.end('content_filter')))
    const play = await startPlayOf(projectId, [await columnAt(projectId, server.url)])
    await runNextWell()
    expect((await columnsOfPlay(play.id))[0]).toMatchObject({ state: 'written', text: '', finishReason: 'content_filter', firstTokenMs: null })
    await expectInvariants(env().databaseUrl)
  })

  it('that is cancelled shows what it had as stopped, and can be gone on with', async () => {
    const { server } = await begun('雪')
    const play = await startPlayOf(projectId, [await columnAt(projectId, server.url)])
    const running = runNext()
    await untilText(play.id, 0, '雪')
    const [column] = await columnsOfPlay(play.id)
    await requestStop(column?.jobId ?? '', 'cancel')
    expect(await running).toMatchObject({ state: 'cancelled' })
    expect(await columnTexts(play.id, [])).toMatchObject([{ state: 'stopped', text: '雪' }])
    server.behave((asked) => streamed(asked, '雪落了。'))
    await askColumnAgain(projectId, play.id, 0)
    await runNextWell()
    expect((await columnsOfPlay(play.id))[0]).toMatchObject({ state: 'written', text: '雪落了。' })
  })
})

describe('by this machine’s engine', () => {
  afterAll(() => warmEngine.stop())

  it('a base and its adapter are written side by side by one engine, each under the name and hash of what was served', async () => {
    const folder = await smallModel()
    const ready = await makeFrozenDataset()
    const run = await startTraining(ready.projectId, { ...ready, settings: quickTraining(folder) })
    await db().job.update({ where: { id: run.jobId }, data: { state: 'cancelled', finishedAt: new Date() } })
    const directory = artifactPath.adapter(run.id)
    smallAdapter(folder, inHome(directory), 1)
    const adapter = await db().adapter.create({ data: { trainingRunId: run.id, directory, sha256: 'a'.repeat(64), bytes: 100n } })
    const changes = { temperature: 0, maxTokens: 16 }
    const play = await startPlayOf(ready.projectId, [
      await columnOf(ready.projectId, { kind: 'engine', modelId: run.baseModelId }, changes),
      await columnOf(ready.projectId, { kind: 'adapter', adapterId: adapter.id }, changes),
    ])
    const job = await claimNext('gpu', 'this test', 'a device')
    if (!job) throw new Error('No job is queued')
    await runJob(job, handlers).ended
    expect(await readJob(job.id)).toMatchObject({ name: 'play', state: 'succeeded', engineModelId: run.baseModelId, result: { good: 2 } })
    const base = await db().model.findUniqueOrThrow({ where: { id: run.baseModelId } })
    const [plain, tuned] = await columnsOfPlay(play.id)
    expect(plain).toMatchObject({ state: 'written', servedName: base.name, servedSha256: base.sha256, servedBaseSha256: null, finishReason: expect.stringMatching(/stop|length/), completionTokens: expect.any(Number) })
    expect(tuned).toMatchObject({ state: 'written', servedName: expect.stringContaining(String(run.ordinal)), servedSha256: adapter.sha256, servedBaseSha256: base.sha256 })
    expect(tuned?.text).not.toBe(plain?.text)
    await expectInvariants(env().databaseUrl)
  })
})
