import { randomUUID } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { GET } from '@/app/api/jobs/[jobId]/log/route'
import { GET as search } from '@/app/api/jobs/[jobId]/log/search/route'
import { GET as text } from '@/app/api/jobs/[jobId]/log/text/route'
import { db } from '@/lib/db'
import { makeJob } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
// Next gives cookies only while it serves a request.
const cookie = vi.hoisted(() => ({ value: 'zh-CN' }))
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => cookie }) }))

type Route = typeof GET

const ask = (route: Route, jobId: string, query: Record<string, string | number> = {}, host = 'localhost:3000') =>
  route(new Request(`http://localhost:3000/api/jobs/${jobId}/log?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`, { headers: { host } }), { params: Promise.resolve({ jobId }) })
const read = async (...args: Parameters<typeof ask>) => (await ask(...args)).json()

async function jobWithLog(lines: readonly string[]): Promise<string> {
  const job = await makeJob()
  await add(job.id, lines)
  return job.id
}

async function add(jobId: string, lines: readonly string[]): Promise<void> {
  await db().logLine.createMany({ data: lines.map((line) => ({ jobId, epoch: 1, source: 'train', text: line })) })
}

const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `line ${from + at}`)

describe('GET /api/jobs/…/log', () => {
  it('says in the reader’s language what is a sentence for people, finds it there, and leaves what was printed as it is', async () => {
    const id = await jobWithLog(['loss 4.2'])
    await db().logLine.create({ data: { jobId: id, epoch: 1, source: 'info', text: 'Going on from step 5', chinese: '从第 5 步继续' } })
    const extent = await read(GET, id)
    const lines = async () => (await read(GET, id, { ...extent, from: 0, take: 5 })).lines.map((line: { text: string }) => line.text)
    expect(await lines()).toEqual(['loss 4.2', '从第 5 步继续'])
    expect(await read(search, id, { text: '继续' })).toMatchObject({ count: 1 })
    expect(await read(search, id, { text: 'LOSS' })).toMatchObject({ count: 1 })
    expect(await (await ask(text, id)).text()).toMatch(/info 从第 5 步继续\n$/)
    cookie.value = 'en'
    expect(await lines()).toEqual(['loss 4.2', 'Going on from step 5'])
    expect(await read(search, id, { text: '继续' })).toMatchObject({ count: 0 })
    cookie.value = 'zh-CN'
  })

  it('gives the lines of any place, though the log goes on meanwhile', async () => {
    const id = await jobWithLog(numbered(620))
    await jobWithLog(numbered(5))
    const extent = await read(GET, id)
    expect(extent).toMatchObject({ total: 620 })
    await add(id, numbered(30, 620))
    const of = async (from: number, take: number) => (await read(GET, id, { ...extent, from, take })).lines.map((line: { text: string }) => line.text)
    expect(await of(0, 3)).toEqual(['line 0', 'line 1', 'line 2'])
    expect(await of(300, 2)).toEqual(['line 300', 'line 301'])
    expect(await of(615, 100)).toEqual(numbered(5, 615))
    expect(await of(620, 10)).toEqual([])
    expect((await of(100, 500)).length).toBe(500)
    expect(await read(GET, id, extent)).toMatchObject({ total: 650 })
  })

  it('takes what it cannot read for the question how far the log goes', async () => {
    const id = await jobWithLog(numbered(3))
    const odd: Record<string, string | number>[] = [{ from: 'x', take: 3 }, { from: 0, take: 100_000 }, { total: -1, lastId: 'y' }]
    for (const query of odd) expect(await read(GET, id, query)).toMatchObject({ total: 3 })
  })
})

describe('GET /api/jobs/…/log/search', () => {
  it('counts the lines with a text and finds the nearest, later or earlier, round the ends', async () => {
    const id = await jobWithLog(['Loss 4', 'step', '损失 100%', 'loss_a', 'step', 'LOSS 3'])
    const find = (query: Record<string, string | number>) => read(search, id, query)
    expect(await find({ text: 'loss' })).toEqual({ count: 3, match: { place: 0, number: 1 } })
    expect(await find({ text: 'loss', from: 1 })).toEqual({ count: 3, match: { place: 3, number: 2 } })
    expect(await find({ text: 'loss', from: 6 })).toEqual({ count: 3, match: { place: 0, number: 1 } })
    expect(await find({ text: 'loss', from: 4, towards: 'earlier' })).toEqual({ count: 3, match: { place: 3, number: 2 } })
    expect(await find({ text: '损失', from: 0, towards: 'earlier' })).toEqual({ count: 1, match: { place: 2, number: 1 } })
    // What means something to LIKE is only itself.
    expect(await find({ text: '100%' })).toMatchObject({ count: 1 })
    expect(await find({ text: 's_a' })).toEqual({ count: 1, match: { place: 3, number: 1 } })
    expect(await find({ text: 'l%4' })).toEqual({ count: 0, match: null })
    expect(await find({})).toEqual({ count: 0, match: null })
  })
})

describe('GET /api/jobs/…/log/text', () => {
  it('is the whole log as a file', async () => {
    const id = await jobWithLog(numbered(6_000))
    const answer = await ask(text, id)
    expect(answer.headers.get('content-disposition')).toContain(`${id}.log"`)
    const lines = (await answer.text()).split('\n')
    expect(lines.length).toBe(6_001)
    expect(lines[5_999]).toMatch(/^\d{4}-\d\d-\d\dT\S+ train line 5999$/)
  })
})

it('says 404 for a job that is not there, and answers no strange host', async () => {
  const id = await jobWithLog(['one'])
  for (const route of [GET, search, text]) {
    for (const gone of [randomUUID(), 'no-id']) expect((await ask(route, gone)).status).toBe(404)
    expect((await ask(route, id, {}, 'evil.example')).status).toBe(403)
  }
})
