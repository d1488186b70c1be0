import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { MolianError } from '@/lib/errors'
import type { Question } from '@/lib/llm/ask'
import { streamAskerFor, type Heard, type StreamPatience } from '@/lib/llm/ask-streaming'
import { Limiter } from '@/lib/llm/limiter/limiter'
import { conducted, streamed, webPage, type Hand } from '@/tests/support/llm-faults'
import { refuses, reset, says, silence, startOpenaiServer, type Asked, type Behaviour } from '@/tests/support/openai-server'

const key = 'sk-secret-0123456789'
const chat: Question = { prompt: { style: 'chat', messages: [{ role: 'user', content: '雪' }] }, temperature: 0.5, topP: 0.9, topK: 0, repetitionPenalty: 1, maxTokens: 32, seed: 7 }
const completions: Question = { ...chat, prompt: { style: 'completions', text: '雪，' }, topK: 50 }
const signal = new AbortController().signal
const patient = { firstWordMs: 20_000, silenceMs: 20_000, retries: 0 }

async function asking(behaviour: Behaviour, patience: Partial<StreamPatience> = {}) {
  const server = await startOpenaiServer(behaviour)
  const heard: Heard[] = []
  const ask = streamAskerFor([{ baseUrl: server.url, key, model: 'writer' }], { ...patient, ...patience })
  return { server, heard, ask: (question: Question, over = signal) => ask(question, over, (each) => void heard.push(each)) }
}

async function failureOf(work: Promise<unknown>): Promise<MolianError> {
  const error: unknown = await work.then(() => null, (thrown: unknown) => thrown)
  if (!(error instanceof MolianError)) throw new Error(`Expected a MolianError, got ${inspect(error)}`)
  return error
}

const conducts = (conduct: (hand: Hand) => void, model?: string) => (asked: Asked) => conducted(asked, conduct, model)

describe('an answer that comes in pieces', () => {
  it.each([['chat', chat], ['completions', completions]] as const)('is heard as it grows: %s', async (_, question) => {
    const { server, heard, ask } = await asking(conducts((hand) => {
      hand.say('雪', '落', '了。')
      hand.end('length')
    }))
    expect(await ask(question)).toEqual({ text: '雪落了。', finishReason: 'length', promptTokens: 7, completionTokens: 3, servedModel: 'writer', pieces: 3, firstTokenMs: expect.any(Number), writingMs: expect.any(Number), address: server.url })
    expect(heard.map(({ text, pieces }) => [text, pieces])).toEqual([['雪', 1], ['雪落', 2], ['雪落了。', 3]])
    expect(server.log[0]?.body).toMatchObject({ model: 'writer', stream: true, stream_options: { include_usage: true }, seed: 7 })
  })

  it('is heard before it is over', async () => {
    let end = () => {}
    const { heard, ask } = await asking(conducts((hand) => {
      hand.say('雪')
      end = () => hand.end()
    }))
    const answer = ask(chat)
    await expect.poll(() => heard.length).toBe(1)
    end()
    expect((await answer).text).toBe('雪')
  })

  it('joins what a server cut in the middle of a character, and keeps what the database cannot out of it', async () => {
    const { heard, ask } = await asking(conducts((hand) => {
      hand.say('\ud83c', '\udf19', '夜\0')
      hand.end()
    }))
    expect((await ask(chat)).text).toBe('🌙夜')
    expect(heard.some(({ text }) => /\p{Surrogate}/u.test(text))).toBe(false)
  })

  it('takes one that came whole, though it was asked for in pieces', async () => {
    const { heard, ask } = await asking((asked) => says(asked, '雪落。', { completionTokens: 4 }))
    expect(await ask(chat)).toMatchObject({ text: '雪落。', pieces: 1, completionTokens: 4, finishReason: 'stop' })
    expect(heard).toHaveLength(1)
  })

  it('of nothing is nothing, with its reason', async () => {
    const { heard, ask } = await asking(conducts((hand) => hand.end('stop')))
    expect(await ask(chat)).toMatchObject({ text: '', pieces: 0, firstTokenMs: null, finishReason: 'stop' })
    expect(heard).toEqual([])
  })

  it('does without a count of tokens where the server knows no such wish', async () => {
    const { server, ask } = await asking((asked) => (asked.body.stream_options ? refuses(400, 'Unrecognized request argument: stream_options') : streamed(asked, '雪落。')))
    expect((await ask(chat)).text).toBe('雪落。')
    expect(server.log).toHaveLength(2)
  })
})

describe('what can go wrong', () => {
  it('a connection that breaks in the middle: said as that, what came was heard, and it is not asked for again', async () => {
    let breakOff = () => {}
    const { server, heard, ask } = await asking(conducts((hand) => {
      hand.say('雪')
      breakOff = () => hand.breakOff()
    }), { retries: 3 })
    const failure = failureOf(ask(chat))
    await expect.poll(() => heard.length).toBe(1)
    breakOff()
    expect((await failure).code).toBe('endpoint.cut-off')
    expect(heard.at(-1)?.text).toBe('雪')
    expect(server.log).toHaveLength(1)
  })

  it('a stream that ends without an end', async () => {
    const { heard, ask } = await asking((asked) => streamed(asked, '雪落', false))
    expect((await failureOf(ask(chat))).code).toBe('endpoint.cut-off')
    expect(heard.at(-1)?.text).toBe('雪落')
  })

  it('a server that says in the middle that it failed', async () => {
    const { ask } = await asking(conducts((hand) => {
      hand.say('雪')
      hand.event({ error: { message: 'CUDA out of memory', code: 500 } })
    }))
    expect(await failureOf(ask(chat))).toMatchObject({ code: 'endpoint.failed', params: { reason: 'CUDA out of memory' } })
  })

  it('silence before the first word, and silence after it', async () => {
    const never = await asking(() => silence, { firstWordMs: 100 })
    expect((await failureOf(never.ask(chat))).code).toBe('endpoint.too-slow')
    const hung = await asking(conducts((hand) => hand.say('雪')), { silenceMs: 100 })
    expect((await failureOf(hung.ask(chat))).code).toBe('endpoint.too-slow')
    expect(hung.heard.at(-1)?.text).toBe('雪')
  })

  it('another model that goes on in the middle', async () => {
    const { ask } = await asking(conducts((hand) => {
      hand.say('雪')
      hand.event({ model: 'other', choices: [{ index: 0, delta: { content: '花' } }] })
    }))
    expect(await failureOf(ask(chat))).toMatchObject({ code: 'stories.wrong-model', params: { served: 'other', asked: 'writer' } })
  })

  const cases: [string, Behaviour, string][] = [
    ['401', () => refuses(401, 'no'), 'endpoint.refused'],
    ['404', () => refuses(404, 'no such model'), 'endpoint.not-found'],
    ['400', () => refuses(400, 'context too long'), 'endpoint.bad-request'],
    ['500', () => refuses(500, 'broken'), 'endpoint.failed'],
    ['a sign-in page', () => webPage, 'endpoint.not-protocol'],
    ['an event that is no JSON', conducts((hand) => hand.event('{"model":')), 'endpoint.not-protocol'],
    ['a connection that breaks at once', () => reset, 'endpoint.unreachable'],
    ['an event without end', (asked) => conducted(asked, (hand) => hand.event('x'.repeat(5 * 1024 * 1024))), 'endpoint.too-large'],
  ]
  it.each(cases)('%s', async (_, behaviour, code) => {
    const { ask } = await asking(behaviour)
    const error = await failureOf(ask(chat))
    expect(error.code).toBe(code)
    expect(error.message).not.toContain(key)
  })
})

describe('asking again', () => {
  it('what brought no word is asked for again, the limiter told each time', async () => {
    const limiter = new Limiter()
    const { server, ask } = await asking((asked, count) => (count === 0 ? refuses(503, 'busy', { 'retry-after': '0' }) : streamed(asked, '雪落。')), { retries: 1, limiterOf: () => limiter })
    expect((await ask(chat)).text).toBe('雪落。')
    expect(server.log).toHaveLength(2)
    expect(limiter.state()).toMatchObject({ inFlight: 0, waiting: 0 })
  })

  it('goes to the next address of a server that has several', async () => {
    const good = await startOpenaiServer((asked) => streamed(asked, '雪落。'))
    const server = { key, model: 'writer' }
    const ask = streamAskerFor([{ ...server, baseUrl: 'http://127.0.0.1:1/v1' }, { ...server, baseUrl: good.url }], patient)
    expect(await ask(chat, signal, () => {})).toMatchObject({ text: '雪落。', address: good.url })
  })

  it('ends at once, with the reason, when nobody wants it any longer, and when its hearer refuses it', async () => {
    const over = new AbortController()
    const { heard, ask } = await asking(conducts((hand) => hand.say('雪')))
    const answer = ask(chat, over.signal)
    await expect.poll(() => heard.length).toBe(1)
    over.abort(new Error('stopped by hand'))
    await expect(answer).rejects.toThrow('stopped by hand')
    const server = await startOpenaiServer((asked) => streamed(asked, '雪落。'))
    const refusing = streamAskerFor([{ baseUrl: server.url, key, model: 'writer' }], patient)
    await expect(refusing(chat, signal, () => { throw new MolianError('stories.wrong-model', { served: 'a', asked: 'b' }) })).rejects.toMatchObject({ code: 'stories.wrong-model' })
  })
})
