import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { db } from '@/lib/db'
import { modelsOf } from '@/lib/llm/endpoint-models'
import { createEndpoint } from '@/lib/llm/endpoints'
import { testEndpoint } from '@/lib/llm/test-endpoint'
import { refuses, reset, says, startOpenaiServer, type Behaviour } from '@/tests/support/openai-server'
import { useStudio } from '@/tests/support/studio'

useStudio()
const key = 'sk-secret-0123456789'

async function endpointOn(baseUrl: string, style: 'chat' | 'completions' = 'chat') {
  return createEndpoint({ name: randomUUID(), baseUrl, style, key })
}

const formed: Behaviour = (asked) => says(asked, asked.body.response_format ? '{"text":"白"}' : '好', { model: 'writer-2' })

describe('a test of an endpoint', () => {
  it('says who answered and how fast, and whether in a JSON schema’s form', async () => {
    const server = await startOpenaiServer(formed)
    const endpoint = await endpointOn(server.url)
    expect(await testEndpoint(endpoint.id, 'writer')).toEqual([{ url: server.url, ok: true, servedModel: 'writer-2', latencyMs: expect.any(Number), json: { takes: true, reason: null } }])
    expect(server.log.map(({ key: sent }) => sent)).toEqual([key, key])
    await expect.poll(() => db().endpoint.findUnique({ where: { id: endpoint.id } })).toMatchObject({ takesJsonSchema: true })
  })

  it.each([
    ['refuses the form', (asked) => (asked.body.response_format ? refuses(400, 'response_format is unknown') : says(asked, '好')), /response_format is unknown/],
    ['takes no notice of it', (asked) => says(asked, '好'), /^ignored$/],
  ] satisfies [string, Behaviour, RegExp][])('says why not, of a server that %s', async (_, behaviour, reason) => {
    const server = await startOpenaiServer(behaviour)
    expect(await testEndpoint((await endpointOn(server.url)).id, 'writer')).toMatchObject([{ ok: true, json: { takes: false, reason: expect.stringMatching(reason) } }])
  })

  it('asks a base model for one word only', async () => {
    const server = await startOpenaiServer((asked) => says(asked, '好'))
    expect(await testEndpoint((await endpointOn(server.url, 'completions')).id, 'writer')).toMatchObject([{ ok: true, json: null }])
    expect(server.log.map(({ path }) => path)).toEqual(['/v1/completions'])
  })

  const wrong: [string, Behaviour, string][] = [
    ['a key that is refused', () => refuses(401, 'no'), 'endpoint.refused'],
    ['a path that is not there', () => refuses(404, 'no'), 'endpoint.not-found'],
    ['a web page', () => ({ headers: { 'content-type': 'text/html' }, body: '<html>' }), 'endpoint.not-protocol'],
    ['a redirect', () => ({ status: 302, headers: { location: 'http://elsewhere.example/' }, body: '' }), 'endpoint.redirects'],
    ['an account without credit', () => refuses(402, 'Insufficient Balance'), 'endpoint.no-credit'],
    ['a broken line', () => reset, 'endpoint.unreachable'],
    ['too many', () => refuses(429, 'slow'), 'endpoint.too-many'],
  ]
  it.each(wrong)('names %s, with the time it took', async (_, behaviour, code) => {
    const server = await startOpenaiServer(behaviour)
    expect(await testEndpoint((await endpointOn(server.url)).id, 'writer')).toMatchObject([{ ok: false, latencyMs: expect.any(Number), error: { code } }])
  })

  it('names a model that is unknown, with those that are known', async () => {
    const url = await serverWithModels(['qwen-plus', 'deepseek-chat'])
    const test = await testEndpoint((await endpointOn(url)).id, 'gpt')
    expect(test).toMatchObject([{ ok: false, error: { code: 'endpoint.unknown-model', params: { model: 'gpt', known: 'deepseek-chat, qwen-plus' } } }])
  })

  it('tells of each of several addresses, and which runs another model', async () => {
    const right = await startOpenaiServer((asked) => says(asked, '好'))
    const other = await startOpenaiServer((asked) => says(asked, '好', { model: 'cheaper' }))
    const locked = await startOpenaiServer(() => refuses(401, 'no'))
    const endpoint = await createEndpoint({ name: randomUUID(), baseUrl: other.url, otherUrls: [right.url, locked.url], style: 'completions', key })
    expect(await testEndpoint(endpoint.id, 'writer')).toMatchObject([
      { url: other.url, ok: false, error: { code: 'endpoint.other-model', params: { served: 'cheaper', asked: 'writer' } } },
      { url: right.url, ok: true, servedModel: 'writer' },
      { url: locked.url, ok: false, error: { code: 'endpoint.refused' } },
    ])
  })

  it('of one that is gone says so', async () => {
    await expect(testEndpoint(randomUUID(), 'm')).rejects.toMatchObject({ code: 'endpoint.missing' })
  })
})

describe('the models of an endpoint', () => {
  it('are those that it lists', async () => {
    expect(await modelsOf((await endpointOn(await serverWithModels(['b', 'a']))).id)).toEqual(['a', 'b'])
  })

  it('are unknown where it does not list them', async () => {
    expect(await modelsOf((await endpointOn(await serverWithModels(null))).id)).toBeNull()
    expect(await modelsOf((await endpointOn('http://127.0.0.1:1/v1')).id)).toBeNull()
  })
})

/** A server that lists these models, or none, and answers everything else with 404. */
async function serverWithModels(ids: string[] | null): Promise<string> {
  const server = createServer((request, response) => {
    const lists = ids !== null && request.method === 'GET' && request.url === '/v1/models' && request.headers.authorization === `Bearer ${key}`
    response.writeHead(lists ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(lists ? { object: 'list', data: ids.map((id) => ({ id })) } : { error: { message: 'not found' } }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise((resolve) => void server.close(() => resolve())))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  return `http://127.0.0.1:${address.port}/v1`
}
