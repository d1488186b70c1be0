import { describe, expect, it } from 'vitest'
import { askMany } from '@/lib/llm/ask-many'
import { askerFor, type Question } from '@/lib/llm/ask'
import { Limiter } from '@/lib/llm/limiter/limiter'
import { after, bucketed, noChoices, streamed, truncated, webPage } from '@/tests/support/llm-faults'
import { refuses, reset, says, startOpenaiServer, type Behaviour } from '@/tests/support/openai-server'
import { quickDrawer } from '@/lib/draw'

const signal = new AbortController().signal
const question = (seed: number): Question => ({ prompt: { style: 'chat', messages: [{ role: 'user', content: '雪' }] }, temperature: 0, topP: 1, topK: 0, repetitionPenalty: 1, maxTokens: 8, seed })
const answers: Behaviour = (asked) => says(asked, `第${asked.body.seed}句`)

/** Asks so many questions through a limiter; every answer is held against its question. */
async function askAll(behaviour: Behaviour, count: number, atOnce: number) {
  const server = await startOpenaiServer(behaviour)
  const limiter = new Limiter()
  const ask = askerFor({ baseUrl: server.url, key: null, model: 'writer' }, { timeoutMs: 10_000, retries: 5, limiter })
  const got: number[] = []
  await askMany(Array.from({ length: count }, (_, seed) => seed), atOnce, { signal }, async (seed) => {
    expect((await ask(question(seed), signal)).text).toBe(`第${seed}句`)
    got.push(seed)
  })
  expect(got).toHaveLength(count)
  expect(limiter.state()).toMatchObject({ inFlight: 0, waiting: 0 })
  return server
}

describe('asking through the limiter', () => {
  it.each([true, false])('is hardly ever refused by a bucket (Retry-After %s), and gets everything', async (saysRetryAfter) => {
    const bucket = bucketed({ perMinute: 12_000, holds: 40, saysRetryAfter }, after(5, answers))
    const server = await askAll(bucket, 500, 32)
    expect(bucket.refused()).toBeLessThanOrEqual(40)
    expect(server.log).toHaveLength(500 + bucket.refused())
  })

  it('gets every answer out of a server that does everything wrong now and then, and none that is wrong', async () => {
    const random = quickDrawer(11)
    const faults: Behaviour[] = [
      () => refuses(500, 'broken', { 'retry-after-ms': '5' }),
      () => refuses(503, 'overloaded', { 'retry-after': '0' }),
      () => refuses(429, 'slow down', { 'retry-after': '0' }),
      () => reset,
      () => webPage,
      noChoices,
      (asked) => truncated(asked, `第${asked.body.seed}句`),
      (asked) => streamed(asked, `第${asked.body.seed}句`, false),
    ]
    const tried = new Map<number, number>()
    const server = await askAll((asked, count) => {
      const before = tried.get(asked.body.seed) ?? 0
      tried.set(asked.body.seed, before + 1)
      const fault = before < 2 && random() < 0.15 ? faults[Math.floor(random() * faults.length)] : undefined
      return fault ? fault(asked, count) : random() < 0.2 ? streamed(asked, `第${asked.body.seed}句`) : answers(asked, count)
    }, 120, 8)
    expect(server.log.length).toBeGreaterThan(125)
  })

  it('takes an account without credit for what it is', async () => {
    for (const reply of [refuses(402, 'Insufficient Balance'), { status: 429, body: JSON.stringify({ error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }) }]) {
      const server = await startOpenaiServer(() => reply)
      const ask = askerFor({ baseUrl: server.url, key: null, model: 'writer' }, { timeoutMs: 10_000, retries: 5, limiter: new Limiter() })
      await expect(ask(question(1), signal)).rejects.toMatchObject({ code: 'endpoint.no-credit' })
      expect(server.log).toHaveLength(1)
    }
  })
})

describe('an answer that streams unasked', () => {
  it.each(['chat', 'completions'] as const)('of %s is put together', async (style) => {
    const server = await startOpenaiServer((asked) => streamed(asked, '雪落。'))
    const ask = askerFor({ baseUrl: server.url, key: null, model: 'writer' }, { timeoutMs: 10_000, retries: 0 })
    const prompt: Question['prompt'] = style === 'chat' ? { style, messages: [{ role: 'user', content: '雪' }] } : { style, text: '雪' }
    expect(await ask({ ...question(1), prompt }, signal)).toMatchObject({ text: '雪落。', finishReason: 'stop', promptTokens: 7, completionTokens: 3, servedModel: 'writer' })
  })

  it('is none where its end is missing', async () => {
    const server = await startOpenaiServer((asked) => streamed(asked, '雪落。', false))
    const ask = askerFor({ baseUrl: server.url, key: null, model: 'writer' }, { timeoutMs: 10_000, retries: 0 })
    await expect(ask(question(1), signal)).rejects.toMatchObject({ code: 'endpoint.not-protocol' })
  })
})
