import { describe, expect, it } from 'vitest'
import { limitedFetch } from '@/lib/llm/limited-fetch'
import { startOpenaiServer, type Reply } from '@/tests/support/openai-server'

const question = { method: 'POST', headers: { authorization: 'Bearer sk-secret-0123456789', 'content-type': 'application/json' }, body: '{"model":"m","seed":1,"prompt":"雪"}' }

async function fetched(reply: Reply, key: string | null = 'sk-secret-0123456789'): Promise<Response> {
  const server = await startOpenaiServer(() => reply)
  return limitedFetch(key)(`${server.url}/completions`, question)
}

describe('limitedFetch', () => {
  it('gives status, headers and body as they came', async () => {
    const answer = await fetched({ status: 418, headers: { 'x-request-id': 'r1', 'content-type': 'text/plain; charset=utf-8' }, body: '茶壶' })
    expect([answer.status, answer.headers.get('x-request-id'), answer.headers.get('content-type'), await answer.text()]).toEqual([418, 'r1', 'text/plain; charset=utf-8', '茶壶'])
  })

  it.each([
    ['a second and a half', '1.5', 1_500],
    ['nothing', '0', 0],
    ['a day', '86400', 60_000],
    ['less than nothing', '-5', null],
    ['a day that is over', new Date(0).toUTCString(), 0],
    ['a day far away', new Date(Date.UTC(2999, 0)).toUTCString(), 60_000],
    ['what nobody understands', 'soon', null],
  ])('asked to wait for %s, waits at most a minute and a little more', async (_, asked, least) => {
    const { headers } = await fetched({ status: 429, headers: { 'retry-after': asked }, body: '{}' })
    expect(headers.get('retry-after')).toBeNull()
    const pause = headers.get('retry-after-ms')
    if (least === null) expect(Number(pause ?? 0)).toBe(0)
    else {
      expect(Number(pause)).toBeGreaterThanOrEqual(least)
      expect(Number(pause)).toBeLessThanOrEqual(least * 1.2)
    }
  })

  it('takes the key out of a refusal, and out of nothing else', async () => {
    const body = 'you sent sk-secret-0123456789'
    expect(await (await fetched({ status: 400, body })).text()).toBe('you sent …')
    expect(await (await fetched({ status: 200, body })).text()).toBe(body)
    expect(await (await fetched({ status: 400, body }, null)).text()).toBe(body)
  })

  it('gives a redirect as what it is', async () => {
    const answer = await fetched({ status: 302, headers: { location: 'http://evil.example/' }, body: '' })
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://evil.example/'])
  })

  it('reads up to its limit and fails beyond it', async () => {
    const limit = 4 * 1024 * 1024
    expect((await (await fetched({ body: 'x'.repeat(limit) })).text()).length).toBe(limit)
    await expect((await fetched({ body: 'x'.repeat(limit + 1) })).text()).rejects.toMatchObject({ code: 'endpoint.too-large', params: { megabytes: 4 } })
  })
})
