import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TokenUse } from '@/gpu-worker/stages/serve-model/counts'
import { openProxy, type Proxy } from '@/gpu-worker/stages/serve-model/proxy'

const key = 'molian-right'

/** An engine that answers as it is told, and what it was asked. */
async function startEngineStub(answer: (request: IncomingMessage, body: string, response: ServerResponse) => void) {
  const asked: { path: string; body: string; authorization: string | undefined }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (part: string) => (body += part)).on('end', () => {
      asked.push({ path: request.url ?? '', body, authorization: request.headers.authorization })
      answer(request, body, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { asked, url: `http://127.0.0.1:${port}/v1`, close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))) }
}

const usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 }
const events = [{ choices: [{ delta: { content: '雪' } }] }, { choices: [{ delta: { content: '夜' } }] }, { choices: [], usage }]
const stream = [...events.map((event) => `data: ${JSON.stringify(event)}\n\n`), 'data: [DONE]\n\n']

let engine: Awaited<ReturnType<typeof startEngineStub>>
let proxy: Proxy
let counts: { began: number; turnedAway: number; uses: (TokenUse | null)[] }
let onEnd: (() => void) | undefined
let behave: (body: string, response: ServerResponse) => void

beforeEach(async () => {
  behave = (body, response) => {
    const isStream = body.includes('"stream":true')
    response.writeHead(200, { 'content-type': isStream ? 'text/event-stream; charset=utf-8' : 'application/json' })
    // In pieces that end in the middle of a character and of an event.
    const bytes = Buffer.from(isStream ? stream.join('') : JSON.stringify({ choices: [{ text: '雪夜' }], usage }))
    const half = isStream ? Buffer.from(stream[0] ?? '').indexOf(Buffer.from('雪')) + 1 : 10
    response.write(bytes.subarray(0, half))
    setImmediate(() => response.end(bytes.subarray(half)))
  }
  engine = await startEngineStub((_request, body, response) => behave(body, response))
  counts = { began: 0, turnedAway: 0, uses: [] }
  proxy = await openProxy({
    host: '127.0.0.1', port: 0, engine: engine.url, names: ['夜航', '夜航 1'], key: () => key,
    counts: { began: () => void (counts.began += 1), ended: (use) => (counts.uses.push(use), onEnd?.()), turnedAway: () => void (counts.turnedAway += 1) },
  })
})
afterEach(async () => {
  onEnd = undefined
  await proxy.close()
  await engine.close()
})

const call = (path: string, init: { method?: string; body?: unknown; key?: string | null; signal?: AbortSignal } = {}) =>
  fetch(`http://127.0.0.1:${proxy.port}${path}`, {
    method: init.method ?? (init.body === undefined ? 'GET' : 'POST'),
    headers: { ...(init.key === null ? {} : { authorization: `Bearer ${init.key ?? key}` }), 'content-type': 'application/json' },
    ...(init.body === undefined ? {} : { body: typeof init.body === 'string' ? init.body : JSON.stringify(init.body) }),
    signal: init.signal,
  })

describe('the door of a served model', () => {
  test('opens to the key alone, to what writes alone, and says why in the shape that clients show', async () => {
    for (const wrong of [null, 'molian-wrong', '']) {
      const refused = await call('/v1/models', { key: wrong })
      expect(refused.status).toBe(401)
      expect(await refused.json()).toMatchObject({ error: { code: 'invalid_api_key', message: expect.stringContaining('Bearer') } })
    }
    for (const [path, status] of [['/v1/load_lora_adapter', 404], ['/metrics', 404], ['/v1/models/../load_lora_adapter', 404], ['/v1/completions', 405]] as const) expect((await call(path)).status).toBe(status)
    expect((await call('/v1/completions', { body: 'not json' })).status).toBe(400)
    expect(engine.asked).toEqual([])
    expect(counts.turnedAway).toBe(7)
  })

  test('names what is served, and not where it lies', async () => {
    const list = await call('/v1/models')
    expect(await list.json()).toEqual({ object: 'list', data: [{ id: '夜航', object: 'model', created: 0, owned_by: 'molian' }, { id: '夜航 1', object: 'model', created: 0, owned_by: 'molian' }] })
    expect(engine.asked).toEqual([])
  })

  test('passes an answer on as it is, keeps the key to itself, and counts its tokens', async () => {
    const ended = new Promise<void>((resolve) => (onEnd = resolve))
    const answer = await call('/v1/completions', { body: { model: '夜航', prompt: '雪' } })
    expect(await answer.json()).toEqual({ choices: [{ text: '雪夜' }], usage })
    await ended
    expect(engine.asked).toEqual([{ path: '/v1/completions', body: JSON.stringify({ model: '夜航', prompt: '雪' }), authorization: undefined }])
    expect(counts.uses).toEqual([{ promptTokens: 7, completionTokens: 3 }])
  })

  test('streams as the engine does; the event that only tells of tokens goes to whoever asked for it', async () => {
    const plain = await call('/v1/chat/completions', { body: { model: '夜航', messages: [], stream: true } })
    expect(await plain.text()).toBe([stream[0], stream[1], stream[3]].join(''))
    const told = await call('/v1/chat/completions', { body: { model: '夜航', messages: [], stream: true, stream_options: { include_usage: true } } })
    expect(await told.text()).toBe(stream.join(''))
    expect(engine.asked.map(({ body }) => body.includes('"include_usage":true'))).toEqual([true, true])
    await expect.poll(() => counts.uses).toEqual([{ promptTokens: 7, completionTokens: 3 }, { promptTokens: 7, completionTokens: 3 }])
  })

  test('passes the engine’s own refusals on, and says so when it is gone', async () => {
    behave = (_body, response) => response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"no such model"}}')
    const refused = await call('/v1/completions', { body: { model: 'x', prompt: '' } })
    expect([refused.status, await refused.json()]).toEqual([404, { error: { message: 'no such model' } }])
    await engine.close()
    const gone = await call('/v1/completions', { body: { model: 'x', prompt: '' } })
    expect([gone.status, await gone.json()]).toMatchObject([502, { error: { code: 'engine_unavailable' } }])
    await expect.poll(() => counts.uses).toEqual([null, null])
  })

  test('breaks off at the engine when the caller goes away', async () => {
    const broken = new Promise<void>((resolve) => {
      behave = (_body, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write(stream[0])
        response.once('close', resolve)
      }
    })
    const caller = new AbortController()
    const answer = await call('/v1/completions', { body: { model: '夜航', prompt: '雪', stream: true }, signal: caller.signal })
    const reader = answer.body?.getReader()
    await reader?.read()
    caller.abort()
    await broken
    await expect.poll(() => counts.uses).toEqual([null])
  })

  test('breaks the answers off that are being written when it is closed', async () => {
    behave = (_body, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(stream[0])
    }
    const answer = await call('/v1/completions', { body: { model: '夜航', prompt: '雪', stream: true } })
    const reader = answer.body?.getReader()
    await reader?.read()
    const rest = expect(reader?.read()).rejects.toThrow()
    await proxy.close()
    await rest
  })
})
