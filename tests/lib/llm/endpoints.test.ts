import { randomUUID } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { createEndpoint, deleteEndpoint, endpointAt, limitsOf, listEndpoints, serversOf, updateEndpoint } from '@/lib/llm/endpoints'
import { openKey, sealKey } from '@/lib/llm/keys'
import { useStudio } from '@/tests/support/studio'

useStudio()
const key = 'sk-secret-0123456789'
const form = (name: string, changes: Partial<Parameters<typeof createEndpoint>[0]> = {}) => ({ name, baseUrl: 'http://localhost:8000/v1/', style: 'chat' as const, key, ...changes })

describe('keys', () => {
  it('uses one master key for first uses that come at once', async () => {
    const ids = Array.from({ length: 12 }, () => randomUUID())
    const sealed = await Promise.all(ids.map((id) => sealKey(key, id)))
    for (const [index, id] of ids.entries()) expect(await openKey(sealed[index] ?? new Uint8Array(), id)).toBe(key)
    expect(readdirSync(env().home).filter((name) => name.startsWith('key'))).toEqual(['key'])
    expect(statSync(join(env().home, 'key')).mode & 0o777).toBe(0o600)
  })

  it('opens only in its own row, whole', async () => {
    const id = randomUUID()
    const sealed = await sealKey(key, id)
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('secret')
    expect(sealed).not.toEqual(await sealKey(key, id))
    await expect(openKey(sealed, randomUUID())).rejects.toThrow()
    const turned = Uint8Array.from(sealed, (byte, index) => (index === sealed.length - 1 ? byte ^ 1 : byte))
    await expect(openKey(turned, id)).rejects.toThrow()
    await expect(openKey(sealed.subarray(0, 20), id)).rejects.toThrow()
  })
})

describe('several addresses', () => {
  it('are kept in their order, each once and none empty', async () => {
    const made = await createEndpoint(form('三台', { otherUrls: ['http://b:8000/v1/', ' ', 'http://localhost:8000/v1', 'http://c:8000/v1', 'http://b:8000/v1'] }))
    expect(made).toMatchObject({ baseUrl: 'http://localhost:8000/v1', otherUrls: ['http://b:8000/v1', 'http://c:8000/v1'] })
    expect((await serversOf(made.id, 'm')).map(({ baseUrl, key: sent }) => [baseUrl, sent])).toEqual([['http://localhost:8000/v1', key], ['http://b:8000/v1', key], ['http://c:8000/v1', key]])
    await expect(createEndpoint(form('坏', { otherUrls: ['file:///etc/passwd'] }))).rejects.toMatchObject({ code: 'endpoint.bad-url' })
  })

  it('take the key along only to hosts for which it was entered', async () => {
    const made = await createEndpoint(form('钥匙', { otherUrls: ['http://b:8000/v1'] }))
    await updateEndpoint(made.id, form('钥匙', { baseUrl: 'http://b:8000/v2', otherUrls: ['http://localhost:8000/v1'], key: '' }))
    expect((await serversOf(made.id, 'm'))[0]).toEqual({ baseUrl: 'http://b:8000/v2', key, model: 'm' })
    await updateEndpoint(made.id, form('钥匙', { otherUrls: ['http://b:8000/v1', 'http://stranger:8000/v1'], key: '' }))
    expect((await serversOf(made.id, 'm'))[0]).toMatchObject({ key: null })
  })
})

describe('endpoints', () => {
  it('keep their key to themselves', async () => {
    const made = await createEndpoint(form('写手'))
    expect(made).toMatchObject({ name: '写手', baseUrl: 'http://localhost:8000/v1', keyLastFour: '6789' })
    expect(JSON.stringify([made, await listEndpoints()])).not.toMatch(/secret|keyCipher/)
    const [row] = await db().$queryRaw<{ row: string }[]>`SELECT row_to_json(endpoint)::text AS row FROM endpoint WHERE id = ${made.id}::uuid`
    expect(row?.row).not.toContain(Buffer.from('secret').toString('hex'))
    expect((await serversOf(made.id, 'm'))[0]).toEqual({ baseUrl: 'http://localhost:8000/v1', key, model: 'm' })
  })

  it('show nothing of a short key and have none where none was given', async () => {
    expect(await createEndpoint(form('short', { key: 'abcd1234' }))).toMatchObject({ keyLastFour: null })
    const open = await createEndpoint(form('open', { key: ' ' }))
    expect((await serversOf(open.id, 'm'))[0]).toMatchObject({ key: null })
  })

  it('refuse a name twice, a bad address and a bad key', async () => {
    await createEndpoint(form('twice'))
    await expect(createEndpoint(form('twice'))).rejects.toMatchObject({ code: 'endpoint.name-taken', params: { name: 'twice' } })
    await expect(createEndpoint(form('bad', { baseUrl: 'file:///etc/passwd' }))).rejects.toMatchObject({ code: 'endpoint.bad-url' })
    await expect(createEndpoint(form('bad', { key: 'a\nb' }))).rejects.toMatchObject({ code: 'endpoint.bad-key' })
    expect((await listEndpoints()).filter(({ name }) => name === 'bad')).toEqual([])
  })

  it('are found again by address and style, and take a new key', async () => {
    const first = await endpointAt('http://10.0.0.1/v1', 'chat', key)
    expect(await endpointAt('http://10.0.0.1/v1/', 'chat', key)).toMatchObject({ id: first.id, keyLastFour: '6789' })
    await endpointAt('http://10.0.0.1/v1', 'chat', 'sk-another-key-9999')
    expect((await serversOf(first.id, 'm'))[0]).toMatchObject({ key: 'sk-another-key-9999' })
    expect((await endpointAt('http://10.0.0.1/v1', 'completions', key)).id).not.toBe(first.id)
  })

  it('asked for without a key, are ones that have none', async () => {
    const keyed = await endpointAt('http://10.0.0.2/v1', 'chat', key)
    const open = await endpointAt('http://10.0.0.2/v1', 'chat', null)
    expect((await serversOf(open.id, 'm'))[0]).toMatchObject({ key: null })
    expect((await endpointAt('http://10.0.0.2/v1', 'chat', null)).id).toBe(open.id)
    expect((await endpointAt('http://10.0.0.2/v1', 'chat', key)).id).toBe(keyed.id)
  })

  it('can be changed; a key that is not typed anew stays, but goes to no other host', async () => {
    const made = await createEndpoint(form('before', { requestsPerMinute: 60 }))
    await updateEndpoint(made.id, form('after', { key: '', baseUrl: 'http://localhost:8000/v2', tokensPerMinute: 9000 }))
    expect((await serversOf(made.id, 'm'))[0]).toEqual({ baseUrl: 'http://localhost:8000/v2', key, model: 'm' })
    expect(await limitsOf(made.id)).toEqual({ requestsPerMinute: null, tokensPerMinute: 9000 })
    await updateEndpoint(made.id, form('after', { key: '' }), true)
    expect((await serversOf(made.id, 'm'))[0]).toMatchObject({ key: null })
    await updateEndpoint(made.id, form('after', { key: 'sk-another-key-9999' }))
    await updateEndpoint(made.id, form('after', { key: '', baseUrl: 'http://elsewhere.example/v1' }))
    expect((await serversOf(made.id, 'm'))[0]).toMatchObject({ baseUrl: 'http://elsewhere.example/v1', key: null })
    await createEndpoint(form('other'))
    await expect(updateEndpoint(made.id, form('other'))).rejects.toMatchObject({ code: 'endpoint.name-taken' })
    await expect(updateEndpoint(randomUUID(), form('nobody'))).rejects.toMatchObject({ code: 'endpoint.missing' })
  })

  it('are gone when deleted', async () => {
    const made = await createEndpoint(form('gone'))
    await deleteEndpoint(made.id)
    await expect(serversOf(made.id, 'm')).rejects.toMatchObject({ code: 'endpoint.missing' })
  })
})
