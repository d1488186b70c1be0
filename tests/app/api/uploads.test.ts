import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/uploads/route'
import { DELETE, GET, PATCH } from '@/app/api/uploads/[uploadId]/route'
import { GET as rejections } from '@/app/api/uploads/[uploadId]/rejections/route'
import { env } from '@/lib/env'
import { listUploads, readUploadRow } from '@/lib/stages/uploads/uploads'
import { makeProject } from '@/tests/support/jobs'
import { bytesOf } from '@/tests/support/project-files'
import { runNext } from '@/tests/support/run-next'
import { useStudio } from '@/tests/support/studio'

process.env.MOLIAN_UPLOAD_LIMIT = String(1024 * 1024)
useStudio()
const cookie = { locale: 'en' }
// Next gives cookies only while it serves a request.
vi.mock('next/headers', () => ({ cookies: async () => ({ get: (name: string) => (name === 'molian-locale' ? { name, value: cookie.locale } : undefined) }) }))

let projectId: string
beforeAll(async () => {
  projectId = await makeProject()
})

const own = { host: 'localhost:3000', origin: 'http://localhost:3000' }
const record = '{"name":"药","text":"秋天的后半夜。"}\n'

/** A body that is sent piece by piece, as a browser sends a file. */
function streamed(content: string | AsyncGenerator<Uint8Array>, piece = 5): { body: ReadableStream<Uint8Array>; duplex: 'half' } {
  const pieces = typeof content === 'string' ? bytesOf(content, piece) : content
  return {
    duplex: 'half',
    body: new ReadableStream({
      async pull(controller) {
        const next = await pieces.next()
        if (next.done) controller.close()
        else controller.enqueue(next.value)
      },
    }),
  }
}

const ends = (content: Uint8Array) => Buffer.concat([content.subarray(0, 65_536), content.subarray(Math.max(65_536, content.length - 65_536))])
const query = (content: string | Uint8Array, changes: Record<string, string> = {}) => ({ project: projectId, kind: 'novels', name: 'train.json', bytes: String(Buffer.byteLength(content)), ...changes })

function begin(content: string | Uint8Array, changes: Record<string, string> = {}, headers: Record<string, string> = own, body: BodyInit = new Uint8Array(ends(Buffer.from(content)))): Promise<Response> {
  return POST(new Request(`http://localhost:3000/api/uploads?${new URLSearchParams(query(content, changes))}`, { method: 'POST', headers, body }))
}

const at = (id: string) => ({ params: Promise.resolve({ uploadId: id }) })
const place = (id: string, offset: number | string) => `http://localhost:3000/api/uploads/${id}?offset=${offset}`

function append(id: string, offset: number | string, init: RequestInit & { duplex?: 'half' }, headers: Record<string, string> = own): Promise<Response> {
  return PATCH(new Request(place(id, offset), { method: 'PATCH', headers, ...init }), at(id))
}

const askFor = (id: string) => GET(new Request(`http://localhost:3000/api/uploads/${id}`, { headers: { host: own.host } }), at(id))

/** Sends a file whole, as the browser does. */
async function sendWhole(content: string, changes: Record<string, string> = {}): Promise<string> {
  const { id } = await (await begin(content, changes)).json()
  const answer = await append(id, 0, streamed(content))
  return (await answer.json()).id
}

describe('an upload in pieces', () => {
  it('takes a body as it comes and queues the reading with the last byte', async () => {
    const begun = await begin(record, { name: '../../呐喊.json' })
    const bytes = Buffer.byteLength(record)
    expect(begun.status).toBe(201)
    const { id, ...place } = await begun.json()
    expect(place).toEqual({ state: 'receiving', offset: 0, bytes })
    const half = await append(id, 0, streamed(record.slice(0, 12)))
    expect(await half.json()).toEqual({ id, state: 'receiving', offset: Buffer.byteLength(record.slice(0, 12)), bytes })
    const whole = await append(id, Buffer.byteLength(record.slice(0, 12)), streamed(record.slice(12)))
    expect([whole.status, await whole.json()]).toEqual([200, { id, state: 'reading', offset: bytes, bytes }])
    expect(await readUploadRow(id)).toMatchObject({ fileName: '呐喊.json', kind: 'novels', projectId, bytes: BigInt(bytes), sha256: createHash('sha256').update(record).digest('hex') })
    expect(await (await askFor(id)).json()).toMatchObject({ state: 'reading', offset: bytes })
    expect(await sendWhole(record)).toBe(id)
  })

  it.each([
    ['a strange host', { host: 'evil.example', origin: 'http://evil.example' }, 'guard.host'],
    ['another page', { host: 'localhost:3000', origin: 'http://evil.example' }, 'guard.origin'],
    ['no page at all', { host: 'localhost:3000' }, 'guard.origin'],
    ['another port', { host: 'localhost:3000', origin: 'http://localhost:8080' }, 'guard.origin'],
  ])('refuses %s without reading a byte', async (_, headers, code) => {
    const { id } = await (await begin(`${record} `)).json()
    let read = 0
    const body = () => new ReadableStream({ pull: async (controller) => void ((read += 1), controller.close()) }, { highWaterMark: 0 })
    const before = (await listUploads(projectId)).length
    for (const answer of [
      await append(id, 0, { duplex: 'half', body: body() }, headers),
      await DELETE(new Request(place(id, 0), { method: 'DELETE', headers }), at(id)),
      await begin(`${record}  `, {}, headers),
    ]) {
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({ code })
    }
    expect([read, (await listUploads(projectId)).length]).toEqual([0, before])
  })

  it.each([
    ['no such project', { project: randomUUID() }, 404, 'project.missing', 'no such project'],
    ['no project', { project: 'x' }, 404, 'project.missing', 'no such project'],
    ['an unknown kind', { kind: 'robots' }, 400, 'request.bad-query', 'kind'],
    ['no name', { name: '' }, 400, 'request.bad-query', 'name'],
    ['no size', { bytes: 'many' }, 400, 'request.bad-query', 'bytes'],
    ['a negative size', { bytes: '-1' }, 400, 'request.bad-query', 'bytes'],
    ['an empty file', { bytes: '0' }, 400, 'upload.empty', 'empty'],
    ['a file over the limit', { bytes: String(1024 * 1024 + 1) }, 400, 'upload.too-large', '1 MiB'],
    ['a size that its ends deny', { bytes: '5' }, 400, 'upload.other-file', 'changed'],
  ])('knows %s', async (_, changes, status, code, words) => {
    const before = (await listUploads(projectId)).length
    const answer = await begin(record, changes)
    expect([answer.status, await answer.json()]).toMatchObject([status, { code, error: expect.stringContaining(words) }])
    expect((await listUploads(projectId)).length).toBe(before)
  })

  it('takes a file of the limit to the byte', async () => {
    const content = record.padEnd(1024 * 1024 - Buffer.byteLength(record) + record.length, '\n')
    expect(Buffer.byteLength(content)).toBe(1024 * 1024)
    expect(await readUploadRow(await sendWhole(content))).toMatchObject({ state: 'reading', bytes: BigInt(1024 * 1024) })
  })

  it('speaks the reader’s language', async () => {
    cookie.locale = 'zh-CN'
    expect(await (await begin(record, { project: 'x' })).json()).toMatchObject({ error: expect.stringContaining('没有这个项目') })
    cookie.locale = 'en'
  })

  it('says from which byte to go on where bytes between are missing, and knows what is not there', async () => {
    const { id } = await (await begin(`${record}a`)).json()
    await append(id, 0, streamed('{"name'))
    const gap = await append(id, 20, streamed('x'))
    expect([gap.status, await gap.json()]).toMatchObject([409, { code: 'upload.offset', offset: 6 }])
    expect((await append(id, 'x', streamed('x'))).status).toBe(400)
    for (const strange of [randomUUID(), '..', 'x']) {
      expect((await append(strange, 0, streamed('x'))).status).toBe(404)
      expect((await askFor(strange)).status).toBe(404)
    }
  })

  it('keeps what came when the browser goes away, and nothing once it is given up', async () => {
    const content = `${record}b`
    const { id } = await (await begin(content)).json()
    const gone = new AbortController()
    async function* leaving() {
      yield Buffer.from('{"name"')
      yield Buffer.from(':')
      // By now the first piece is on disk: nothing more is pulled before.
      yield Buffer.from('"药"')
      gone.abort()
      await new Promise(() => {})
    }
    const answer = await append(id, 0, { ...streamed(leaving()), signal: gone.signal })
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'upload.interrupted' }])
    const { offset } = await (await askFor(id)).json()
    expect([7, 8, 8 + Buffer.byteLength('"药"')]).toContain(offset)
    expect(await (await begin(content)).json()).toMatchObject({ id, offset })
    expect((await DELETE(new Request(place(id, 0), { method: 'DELETE', headers: own }), at(id))).status).toBe(204)
    expect((await askFor(id)).status).toBe(404)
    expect(readdirSync(join(env().home, 'uploads')).filter((name) => name.startsWith(id))).toEqual([])
  })
})

describe('GET /api/uploads/…/rejections', () => {
  const get = (uploadId: string, headers: Record<string, string> = { host: own.host }) =>
    rejections(new Request(`http://localhost:3000/api/uploads/${uploadId}/rejections`, { headers }), { params: Promise.resolve({ uploadId }) })

  it('lists rejected records as CSV that no spreadsheet runs', async () => {
    const project = await makeProject()
    const id = await sendWhole('{"name":"a"}\n{"=1+1":1,"=1+1":2}\n', { project, name: '=cmd()".json' })
    let job
    do job = await runNext()
    while (job.subjectId !== id)
    const csv = await get(id)
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('=cmd()".json.rejected.csv')}`)
    const text = Buffer.from(await csv.arrayBuffer()).toString('utf8')
    expect(text.split('\r\n')).toEqual([
      '\ufefffile,line,code,reason',
      '"\'=cmd()"".json","1","record.missing-field","The field “text” / “content” is missing."',
      '"\'=cmd()"".json","2","record.duplicate-key","The key “=1+1” stands twice in the same object, so it is not clear which value is meant."',
      '',
    ])
  })

  it('is guarded, and knows what is not there', async () => {
    expect((await get(randomUUID(), { host: 'evil.example' })).status).toBe(403)
    for (const id of [randomUUID(), '..', 'x']) {
      const answer = await get(id)
      expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'run.missing', error: expect.stringContaining('upload') }])
    }
    expect(existsSync(join(env().home, 'x'))).toBe(false)
  })
})
