import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { POST } from '@/app/api/uploads/route'
import { GET as rejections } from '@/app/api/uploads/[uploadId]/rejections/route'
import { env } from '@/lib/env'
import { listUploads, readUploadRow } from '@/lib/stages/uploads'
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

function post(query: Record<string, string>, init: RequestInit & { duplex?: 'half' }, headers: Record<string, string> = own): Promise<Response> {
  return POST(new Request(`http://localhost:3000/api/uploads?${new URLSearchParams(query)}`, { method: 'POST', headers, ...init }))
}

const query = (changes: Record<string, string> = {}) => ({ project: projectId, kind: 'novels', name: 'train.json', ...changes })

describe('POST /api/uploads', () => {
  it('takes a body as it comes', async () => {
    const answer = await post(query({ name: '../../呐喊.json' }), streamed(record))
    expect(answer.status).toBe(202)
    const { id, state } = await answer.json()
    expect(state).toBe('reading')
    expect(await readUploadRow(id)).toMatchObject({ fileName: '呐喊.json', kind: 'novels', projectId, bytes: BigInt(Buffer.byteLength(record)) })
    expect((await (await post(query(), streamed(record))).json()).id).toBe(id)
  })

  it.each([
    ['a strange host', { host: 'evil.example', origin: 'http://evil.example' }, 'guard.host'],
    ['another page', { host: 'localhost:3000', origin: 'http://evil.example' }, 'guard.origin'],
    ['no page at all', { host: 'localhost:3000' }, 'guard.origin'],
    ['another port', { host: 'localhost:3000', origin: 'http://localhost:8080' }, 'guard.origin'],
  ])('refuses %s without reading a byte', async (_, headers, code) => {
    let read = 0
    async function* counted() {
      read += 1
      yield Buffer.from(record)
    }
    const before = (await listUploads(projectId)).length
    const answer = await post(query({ name: 'other.json' }), { duplex: 'half', body: new ReadableStream({ pull: async (controller) => void (await counted().next(), controller.close()) }, { highWaterMark: 0 }) }, headers)
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code })
    expect([read, (await listUploads(projectId)).length]).toEqual([0, before])
  })

  it.each([
    ['no such project', { project: randomUUID() }, 404, 'project.missing', 'no such project'],
    ['no project', { project: 'x' }, 404, 'project.missing', 'no such project'],
    ['an unknown kind', { kind: 'robots' }, 400, 'request.bad-query', 'kind'],
    ['no name', { name: '' }, 400, 'request.bad-query', 'name'],
  ])('knows %s', async (_, changes, status, code, words) => {
    const answer = await post(query(changes), streamed(record))
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code, error: expect.stringContaining(words) })
  })

  it('speaks the reader’s language', async () => {
    cookie.locale = 'zh-CN'
    expect(await (await post(query({ project: 'x' }), streamed(record))).json()).toMatchObject({ error: expect.stringContaining('没有这个项目') })
    cookie.locale = 'en'
  })

  it('refuses no body, too long a one, and one of another length than declared', async () => {
    const before = (await listUploads(projectId)).length
    expect(await (await post(query(), {})).json()).toMatchObject({ code: 'upload.empty' })
    const declared = await post(query(), streamed(record), { ...own, 'content-length': String(2 * 1024 * 1024) })
    expect([declared.status, await declared.json()]).toMatchObject([400, { code: 'upload.too-large', error: expect.stringContaining('1 MiB') }])
    const tooLong = await post(query(), streamed('x'.repeat(1024 * 1024 + 1), 1 << 20))
    expect(await tooLong.json()).toMatchObject({ code: 'upload.too-large' })
    const lying = await post(query(), streamed(record), { ...own, 'content-length': '10' })
    expect(await lying.json()).toMatchObject({ code: 'upload.incomplete' })
    expect((await listUploads(projectId)).length).toBe(before)
    expect(readdirSync(join(env().home, 'uploads')).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('keeps nothing when the browser goes away in the middle', async () => {
    const gone = new AbortController()
    async function* leaving() {
      yield Buffer.from(record)
      gone.abort()
      yield Buffer.from(record)
    }
    const before = (await listUploads(projectId)).length
    const answer = await post(query(), { ...streamed(leaving()), signal: gone.signal })
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'upload.interrupted' }])
    expect((await listUploads(projectId)).length).toBe(before)
  })
})

describe('GET /api/uploads/…/rejections', () => {
  const get = (uploadId: string, headers: Record<string, string> = { host: own.host }) =>
    rejections(new Request(`http://localhost:3000/api/uploads/${uploadId}/rejections`, { headers }), { params: Promise.resolve({ uploadId }) })

  it('lists rejected records as CSV that no spreadsheet runs', async () => {
    const project = await makeProject()
    const answer = await post({ project, kind: 'novels', name: '=cmd()".json' }, streamed('{"name":"a"}\n{"=1+1":1,"=1+1":2}\n'))
    const { id } = await answer.json()
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
