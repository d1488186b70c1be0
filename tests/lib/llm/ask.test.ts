import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { MolianError } from '@/lib/errors'
import { askerFor, type Question } from '@/lib/llm/ask'
import { flood, refuses, reset, says, silence, startOpenaiServer, trickle, type Behaviour } from '@/tests/support/openai-server'

const key = 'sk-secret-0123456789'
const chat: Question = {
  prompt: { style: 'chat', messages: [{ role: 'system', content: '总要求' }, { role: 'user', content: '雪' }] },
  temperature: 0.5,
  topP: 0.9,
  topK: 0,
  repetitionPenalty: 1,
  maxTokens: 32,
  seed: 7,
}
const completions: Question = { ...chat, prompt: { style: 'completions', text: '雪，' }, topK: 50, repetitionPenalty: 1.1, stop: ['\n'] }
const signal = new AbortController().signal

async function asking(behaviour: Behaviour, options: { retries?: number; timeoutMs?: number } = {}) {
  const server = await startOpenaiServer(behaviour)
  const ask = askerFor({ baseUrl: server.url, key, model: 'writer' }, { timeoutMs: options.timeoutMs ?? 10_000, retries: options.retries ?? 0 })
  return { server, ask }
}

async function failureOf(work: Promise<unknown>): Promise<MolianError> {
  const error: unknown = await work.then(() => null, (thrown: unknown) => thrown)
  if (!(error instanceof MolianError)) throw new Error(`Expected a MolianError, got ${inspect(error)}`)
  return error
}

describe('answers', () => {
  it('asks a chat model and reads what it says', async () => {
    const { server, ask } = await asking((asked) => says(asked, '雪落。', { model: 'writer-2', finishReason: 'length', promptTokens: 11, completionTokens: 4 }))
    expect(await ask(chat, signal)).toEqual({
      address: server.url,
      text: '雪落。',
      finishReason: 'length',
      promptTokens: 11,
      completionTokens: 4,
      servedModel: 'writer-2',
      latencyMs: expect.any(Number),
    })
    const [asked] = server.log
    expect(asked).toMatchObject({ path: '/v1/chat/completions', key, prompt: '雪' })
    expect(asked?.body).toEqual({
      model: 'writer',
      temperature: 0.5,
      top_p: 0.9,
      max_tokens: 32,
      seed: 7,
      messages: [{ role: 'system', content: '总要求' }, { role: 'user', content: '雪' }],
      stream: false,
    })
  })

  it('asks for a text to go on, and sends what is switched on', async () => {
    const { server, ask } = await asking((asked) => says(asked, '落了。'))
    expect(await ask(completions, signal)).toMatchObject({ text: '落了。', finishReason: 'stop' })
    expect(server.log[0]).toMatchObject({ path: '/v1/completions', prompt: '雪，', body: { top_k: 50, repetition_penalty: 1.1, stop: ['\n'] } })
  })

  it('does without a count of tokens and a reason to finish', async () => {
    const { ask } = await asking(() => ({ body: JSON.stringify({ model: 'm', choices: [{ message: { content: null } }] }) }))
    expect(await ask(chat, signal)).toMatchObject({ text: '', finishReason: 'unknown', promptTokens: null, completionTokens: null })
  })

  it('gives a text that a database can hold', async () => {
    const { ask } = await asking((asked) => says(asked, '雪\0落\ud800'))
    expect((await ask(chat, signal)).text).toBe('雪落\ufffd')
  })

  it('tells a strange server nothing that the environment knows', async () => {
    process.env.OPENAI_ORG_ID = 'our-organisation'
    process.env.OPENAI_PROJECT_ID = 'our-project'
    const { server, ask } = await asking((asked) => says(asked, '雪'))
    delete process.env.OPENAI_ORG_ID
    delete process.env.OPENAI_PROJECT_ID
    await ask(chat, signal)
    expect(JSON.stringify(server.log[0]?.headers)).not.toContain('our-')
  })
})

describe('retries', () => {
  it('tries again after 500 and after a broken connection', async () => {
    const { server, ask } = await asking((asked, count) => [refuses(500, 'busy', { 'retry-after-ms': '1' }), reset][count] ?? says(asked, '好'), { retries: 2 })
    expect((await ask(chat, signal)).text).toBe('好')
    expect(server.log).toHaveLength(3)
  })

  it('honours Retry-After, as seconds and as a date, and gives up after its tries', async () => {
    const { server, ask } = await asking((_, count) => refuses(429, 'slow down', { 'retry-after': count === 0 ? '0' : new Date(0).toUTCString() }), { retries: 2 })
    expect(await failureOf(ask(chat, signal))).toMatchObject({ code: 'endpoint.too-many', params: { url: server.url, model: 'writer' } })
    expect(server.log).toHaveLength(3)
  })

  it('ends a long pause when the asking is over', async () => {
    const over = new AbortController()
    const { ask } = await asking(() => {
      setImmediate(() => over.abort(new Error('over')))
      return refuses(429, 'slow down', { 'retry-after': '86400' })
    }, { retries: 1 })
    await expect(ask(chat, over.signal)).rejects.toThrow('over')
  })
})

describe('faults, each by its name', () => {
  it.each([401, 403])('%i: the key is refused, at once', async (status) => {
    const { server, ask } = await asking(() => refuses(status, 'no'), { retries: 3 })
    expect(await failureOf(ask(chat, signal))).toMatchObject({ code: 'endpoint.refused', params: { status } })
    expect(server.log).toHaveLength(1)
  })

  const cases: [string, Behaviour, string][] = [
    ['404', () => refuses(404, 'no such model'), 'endpoint.not-found'],
    ['400', () => refuses(400, 'context too long'), 'endpoint.bad-request'],
    ['500', () => refuses(500, 'broken'), 'endpoint.failed'],
    ['502 with a page', () => ({ status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad Gateway</html>' }), 'endpoint.failed'],
    ['HTML with 200', () => ({ headers: { 'content-type': 'text/html' }, body: '<html>login</html>' }), 'endpoint.not-protocol'],
    ['HTML called JSON', () => ({ body: '<html>login</html>' }), 'endpoint.not-protocol'],
    ['truncated JSON', (asked) => {
      const whole = says(asked, '雪')
      return 'body' in whole ? { body: whole.body.slice(0, -20) } : whole
    }, 'endpoint.not-protocol'],
    ['no choices', () => ({ body: JSON.stringify({ model: 'm', choices: [] }) }), 'endpoint.not-protocol'],
    ['JSON of another kind', () => ({ body: '[]' }), 'endpoint.not-protocol'],
    ['nothing with 204', () => ({ status: 204, body: '' }), 'endpoint.not-protocol'],
    ['a broken connection', () => reset, 'endpoint.unreachable'],
    ['a body without end', () => flood, 'endpoint.too-large'],
  ]
  it.each(cases)('%s', async (_, behaviour, code) => {
    const { server, ask } = await asking(behaviour)
    for (const question of [chat, completions]) expect((await failureOf(ask(question, signal))).code).toBe(code)
    expect(server.log).toHaveLength(2)
  })

  it.each([['silence', silence], ['a body that trickles', trickle]])('%s ends with the deadline', async (_, reply) => {
    const { ask } = await asking(() => reply, { timeoutMs: 200 })
    expect((await failureOf(ask(chat, signal))).code).toBe('endpoint.too-slow')
  })

  it('follows no redirect, does not ask twice, and says where it led', async () => {
    const other = await startOpenaiServer((asked) => says(asked, '骗'))
    const { server, ask } = await asking(() => ({ status: 307, headers: { location: `${other.url}/chat/completions` }, body: '' }), { retries: 3 })
    expect(await failureOf(ask(chat, signal))).toMatchObject({ code: 'endpoint.redirects', params: { to: `${other.url}/chat/completions` } })
    expect(server.log).toHaveLength(1)
    expect(other.log).toHaveLength(0)
  })

  it('says that nobody listens', async () => {
    const ask = askerFor({ baseUrl: 'http://127.0.0.1:1/v1', key, model: 'writer' }, { timeoutMs: 10_000, retries: 0 })
    expect(await failureOf(ask(chat, signal))).toMatchObject({ code: 'endpoint.unreachable', params: { reason: expect.stringContaining('ECONNREFUSED') } })
  })

  it('passes on why the asking was ended', async () => {
    const over = new AbortController()
    const { ask } = await asking(() => {
      over.abort(new Error('cancelled by hand'))
      return silence
    })
    await expect(ask(chat, over.signal)).rejects.toThrow('cancelled by hand')
    await expect(ask(chat, over.signal)).rejects.toThrow('cancelled by hand')
  })

  it.each([400, 401, 429, 500])('keeps the key out of everything it says, even of a server that repeats it with %i', async (status) => {
    const { ask } = await asking((asked) => refuses(status, `your header was Bearer ${asked.key}`, { 'retry-after': '0' }))
    const error = await failureOf(ask(chat, signal))
    for (const text of [error.message, error.sentence('zh'), JSON.stringify(error.params), inspect(error, { depth: 10 })]) expect(text).not.toContain(key)
  })

  it('quotes only the beginning of a long refusal', async () => {
    const { ask } = await asking(() => refuses(400, 'x'.repeat(100_000)))
    expect((await failureOf(ask(chat, signal))).message.length).toBeLessThan(1_000)
  })
})
