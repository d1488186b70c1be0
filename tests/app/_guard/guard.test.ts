import { describe, expect, it } from 'vitest'
import { guardRequest } from '@/app/_guard/guard-request'
import { isAllowedHost, isOwnOrigin } from '@/app/_guard/origin'

const request = (method: string, headers: Record<string, string>) => new Request('http://127.0.0.1:3000/api/uploads', { method, headers })

describe('isAllowedHost', () => {
  it.each(['127.0.0.1', '127.0.0.1:3000', 'localhost', 'LOCALHOST:80', '[::1]', '[::1]:3000'])('lets %s in', (host) => {
    expect(isAllowedHost(host)).toBe(true)
  })

  it.each([null, '', 'evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:3000', '169.254.169.254', 'localhost/x', 'a@localhost', '[::2]', 'local host'])(
    'keeps %s out',
    (host) => {
      expect(isAllowedHost(host)).toBe(false)
    },
  )

  it('lets a name in that was given', () => {
    expect(isAllowedHost('studio.lan:3000', ['studio.lan'])).toBe(true)
  })
})

describe('isOwnOrigin', () => {
  it.each([
    ['http://localhost:3000', 'localhost:3000', true],
    ['http://localhost', 'localhost', true],
    ['http://localhost', 'localhost:80', true],
    ['https://studio.lan', 'studio.lan:443', true],
    ['http://localhost:3001', 'localhost:3000', false],
    ['http://evil.example', 'localhost:3000', false],
    ['null', 'localhost:3000', false],
    ['file://localhost:3000', 'localhost:3000', false],
    [null, 'localhost:3000', false],
    ['http://localhost:3000', null, false],
  ])('says of %s at %s: %s', (origin, host, own) => {
    expect(isOwnOrigin(origin, host)).toBe(own)
  })
})

describe('guardRequest', () => {
  it('lets a page of the studio read and write', () => {
    const own = { host: 'localhost:3000', origin: 'http://localhost:3000' }
    expect(guardRequest(request('POST', own))).toBeUndefined()
    expect(guardRequest(request('GET', { host: 'localhost:3000' }))).toBeUndefined()
  })

  it('refuses a strange host name even for reading, with a sentence in the reader’s language', async () => {
    const chinese = guardRequest(request('GET', { host: 'evil.example' }))
    expect(chinese?.status).toBe(403)
    expect(await chinese?.json()).toMatchObject({ code: 'guard.host', error: expect.stringContaining('evil.example') })
    const english = guardRequest(request('GET', { host: 'evil.example', cookie: 'a=b; molian-locale=en' }))
    expect(await english?.json()).toMatchObject({ error: expect.stringContaining('does not answer') })
  })

  it.each([undefined, 'http://evil.example', 'null'])('refuses to write for a page of %s', async (origin) => {
    const answer = guardRequest(request('DELETE', { host: 'localhost:3000', ...(origin ? { origin } : {}) }))
    expect(answer?.status).toBe(403)
    expect(await answer?.json()).toMatchObject({ code: 'guard.origin' })
  })
})
