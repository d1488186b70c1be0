import { describe, expect, it, onTestFinished } from 'vitest'
import type { MolianError } from '@/lib/errors'
import type { Question } from '@/lib/llm/ask'
import { askMany } from '@/lib/llm/ask-many'
import { Limiter } from '@/lib/llm/limiter/limiter'
import { ListedServer } from '@/lib/llm/servers/listed-server'
import { spreadOver, type SpreadPatience } from '@/lib/llm/servers/spread'
import { refuses, says, silence, startOpenaiServer, type Asked, type Behaviour, type TestServer } from '@/tests/support/openai-server'

const question = (text: string): Question => ({ prompt: { style: 'chat', messages: [{ role: 'user', content: text }] }, temperature: 1, topP: 1, topK: 0, repetitionPenalty: 1, maxTokens: 16, seed: 1 })
const signal = new AbortController().signal
const isHello = (asked: Asked) => asked.prompt === '你好'
const echoes: Behaviour = (asked) => says(asked, `关于${asked.prompt}`)
const rowsOf = (server: TestServer) => server.log.filter((asked) => !isHello(asked)).map(({ prompt }) => prompt)

/** Whoever is asked for a word answers; a row is dealt with as the behaviour says. */
const forRows = (behaviour: Behaviour): Behaviour => (asked, count) => (isHello(asked) ? says(asked, '好') : behaviour(asked, count))

function spread(servers: readonly TestServer[], changes: Partial<SpreadPatience> = {}, known: string | null = null) {
  const away: [url: string, code: MolianError['code']][] = []
  const heard: (() => void)[] = []
  const limiters = new Map<string, Limiter>()
  const limiterOf = (url: string) => limiters.get(url) ?? limiters.set(url, new Limiter()).get(url) ?? new Limiter()
  const patience = { timeoutMs: 30_000, retries: 2, firstLookMs: 10, limiterOf, ...changes }
  const { ask, close } = spreadOver(servers.map(({ url }) => ({ baseUrl: url, key: null, model: 'writer' })), patience, { away: (url, error) => void away.push([url, error.code]), back: () => heard.splice(0).forEach((hear) => hear()) }, known)
  onTestFinished(close)
  const back = () => new Promise<void>((resolve) => heard.push(resolve))
  return { ask: (text: string) => ask(question(text), signal), away, back }
}

/** Asks all of them, so many at once, and returns the answers by what was asked. */
async function askAll(ask: ReturnType<typeof spread>['ask'], texts: readonly string[], width: number) {
  const answers = new Map<string, Awaited<ReturnType<typeof ask>>>()
  await askMany(texts, width, { signal }, async (text) => {
    answers.set(text, await ask(text))
  })
  return answers
}

const texts = Array.from({ length: 40 }, (_, at) => `第${at}行`)

describe('rows over several servers', () => {
  it('go to all of them, each once, and say who answered', async () => {
    const servers = await Promise.all([startOpenaiServer(echoes), startOpenaiServer(echoes), startOpenaiServer(echoes)])
    const answers = await askAll(spread(servers).ask, texts, 12)
    expect(servers.flatMap(rowsOf).sort()).toEqual([...texts].sort())
    for (const server of servers) {
      expect(rowsOf(server).length).toBeGreaterThan(3)
      for (const text of rowsOf(server)) expect(answers.get(text)).toMatchObject({ text: `关于${text}`, address: server.url })
    }
  })

  it('go to the others when one dies; nothing that was answered is asked again', async () => {
    const well = await startOpenaiServer(echoes)
    let answered = 0
    const dying: TestServer = await startOpenaiServer(
      forRows(async (asked, count) => {
        if (answered === 5) await dying.die()
        answered += 1
        return echoes(asked, count)
      }),
    )
    const { ask, away } = spread([dying, well])
    const answers = await askAll(ask, texts, 10)
    expect([...answers.keys()].sort()).toEqual([...texts].sort())
    expect(away[0]).toEqual([dying.url, 'endpoint.unreachable'])
    const byDying = texts.filter((text) => answers.get(text)?.address === dying.url)
    expect(byDying.length).toBeGreaterThan(0)
    expect(rowsOf(well).sort()).toEqual(texts.filter((text) => !byDying.includes(text)).sort())
  })

  it('leave a slow one few', async () => {
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow = await startOpenaiServer(
      forRows(async (asked, count) => {
        await released
        return echoes(asked, count)
      }),
    )
    const quick: TestServer = await startOpenaiServer((asked, count) => {
      if (rowsOf(quick).length === 34) release()
      return echoes(asked, count)
    })
    await askAll(spread([slow, quick]).ask, texts, 8)
    expect(rowsOf(slow).length).toBeLessThanOrEqual(6)
  })

  it('never reach one that runs another model, which is named', async () => {
    const other = await startOpenaiServer((asked) => says(asked, '别的', { model: 'cheaper' }))
    const right = await startOpenaiServer(echoes)
    const { ask, away } = spread([other, right], { firstLookMs: 200 })
    await askAll(ask, texts, 8)
    expect(rowsOf(other)).toEqual([])
    // It is asked again who it is, more and more seldom.
    expect(other.log.length).toBeLessThan(12)
    expect(away[0]).toEqual([other.url, 'endpoint.other-model'])
  })

  it('never come back sooner for the word that one with another model answers: each pause is twice the one before', async () => {
    const looks: number[] = []
    let seen = () => {}
    const sixLooks = new Promise<void>((resolve) => {
      seen = resolve
    })
    const other = await startOpenaiServer((asked) => {
      if (looks.push(performance.now()) === 6) seen()
      return says(asked, '别的', { model: 'cheaper' })
    })
    const right = await startOpenaiServer(echoes)
    await spread([other, right], { firstLookMs: 20 }).ask('雪')
    await sixLooks
    // The fifth pause is sixteen times the first, less a quarter at most; a timer may be a millisecond early.
    expect((looks[5] ?? 0) - (looks[4] ?? 0)).toBeGreaterThan(20 * 16 * 0.75 - 5)
  })

  it('are held to the name of the run’s earlier answers, or to what the servers agree on', async () => {
    const newer = await startOpenaiServer((asked) => says(asked, '新', { model: 'writer-2' }))
    const older = await startOpenaiServer((asked) => says(asked, '旧', { model: 'writer-1' }))
    expect(await spread([newer, older], {}, 'writer-1').ask('雪')).toMatchObject({ servedModel: 'writer-1' })
    expect(await spread([newer, newer]).ask('雪')).toMatchObject({ servedModel: 'writer-2' })
  })

  it('are asked of another where a server turns into another model, and what it says is not kept', async () => {
    const turning = await startOpenaiServer(forRows((asked) => says(asked, '别的', { model: 'cheaper' })))
    const right = await startOpenaiServer(echoes)
    const { ask, away } = spread([turning, right], { firstLookMs: 60_000 })
    const answers = await askAll(ask, texts, 8)
    expect([...answers.values()].every(({ address }) => address === right.url)).toBe(true)
    expect(away).toEqual([[turning.url, 'endpoint.other-model']])
  })

  it('that are called off leave the limiter’s room to others', async () => {
    const limiter = new Limiter()
    const server = new ListedServer({ baseUrl: 'http://127.0.0.1:9/v1', key: null, model: 'writer' }, 1000, limiter)
    const permit = await limiter.permit(10, signal)
    await expect(server.send(question('雪'), AbortSignal.abort(new Error('over')), permit)).rejects.toThrow('over')
    expect(limiter.state().inFlight).toBe(0)
  })

  it('reach one again that has come back', async () => {
    const away = await startOpenaiServer(echoes)
    const well = await startOpenaiServer(echoes)
    await away.die()
    const asker = spread([away, well])
    expect(await asker.ask('雪')).toMatchObject({ address: well.url })
    const back = asker.back()
    await away.rise()
    await back
    await askAll(asker.ask, texts, 8)
    expect(rowsOf(away).length).toBeGreaterThan(0)
    expect(rowsOf(well).length + rowsOf(away).length).toBe(texts.length + 1)
  })

  it('are taken from one that has gone without a word', async () => {
    const gone: TestServer = await startOpenaiServer(
      forRows(() => {
        gone.behaveOnLook(silence)
        return silence
      }),
    )
    const well = await startOpenaiServer(echoes)
    const { ask, away } = spread([gone, well], { beatMs: 250, firstLookMs: 60_000 })
    const answers = await askAll(ask, texts, 8)
    expect(answers.size).toBe(texts.length)
    expect(away).toContainEqual([gone.url, 'endpoint.too-slow'])
  })

  it('are asked of another where a key is refused or a model unknown', async () => {
    const locked = await startOpenaiServer(() => refuses(401, 'no'))
    const empty = await startOpenaiServer(() => refuses(404, 'no such model'))
    const well = await startOpenaiServer(echoes)
    const { ask, away } = spread([locked, empty, well], { firstLookMs: 60_000 })
    await askAll(ask, texts, 8)
    expect(away.toSorted()).toEqual([[locked.url, 'endpoint.refused'], [empty.url, 'endpoint.not-found']].toSorted())
  })

  it('that a server refuses for their own words are refused at once', async () => {
    const servers = await Promise.all([startOpenaiServer(forRows(() => refuses(400, 'too long'))), startOpenaiServer(forRows(() => refuses(400, 'too long')))])
    await expect(spread(servers).ask('雪')).rejects.toMatchObject({ code: 'endpoint.bad-request' })
    expect(servers.flatMap(rowsOf)).toEqual(['雪'])
  })

  it('fail as with one server when all are away and none comes back', async () => {
    const servers = await Promise.all([startOpenaiServer(echoes), startOpenaiServer(echoes)])
    for (const server of servers) await server.die()
    await expect(spread(servers).ask('雪')).rejects.toMatchObject({ code: 'endpoint.unreachable' })
  })

  it('fail at once where only a person can mend every server', async () => {
    const servers = await Promise.all([startOpenaiServer(() => refuses(401, 'no')), startOpenaiServer(() => refuses(401, 'no'))])
    await expect(spread(servers, { firstLookMs: 60_000 }).ask('雪')).rejects.toMatchObject({ code: 'endpoint.refused' })
  })
})
