import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { GET as rows } from '@/app/api/pairs/[kind]/[sourceId]/rows/route'
import { POST as receive } from '@/app/api/pairs/imports/route'
import { GET as rejections } from '@/app/api/pairs/imports/[importId]/rejections/route'
import { GET as preview } from '@/app/api/datasets/preview/route'
import { rowsAnswer } from '@/app/projects/[projectId]/pairs/_components/rows-answer'
import { previewAnswer } from '@/app/projects/[projectId]/pairs/versions/_components/preview-answer'
import { makeManyPairs } from '@/bench/support/many-pairs'
import { db } from '@/lib/db'
import { presets } from '@/lib/settings/presets'
import { filterOf } from '@/lib/stages/pairs/filter'
import { pairMarks } from '@/lib/stages/pairs/table'
import { useStudio } from '@/tests/support/studio'

useStudio()
// Next gives cookies only while it serves a request.
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }))

let projectId: string
let runId: string
beforeAll(async () => {
  const made = await makeManyPairs(250)
  projectId = made.projectId
  runId = made.premiseRunId
})

function asked(path: string, init: { host?: string; method?: string; body?: string; origin?: string } = {}): Request {
  const { host = '127.0.0.1:3000', method = 'GET', body, origin = 'http://127.0.0.1:3000' } = init
  return new Request(`http://127.0.0.1:3000${path}`, { method, body, headers: { host, origin } })
}
const of = (kind: string, sourceId: string) => ({ params: Promise.resolve({ kind, sourceId }) })

describe('GET /api/pairs/…/rows', () => {
  it('gives the page after a key, by the filter of the address', async () => {
    const { marks, total } = await pairMarks({ kind: 'run', id: runId }, filterOf(new URLSearchParams('order=premise-long')))
    expect([total, marks.length]).toEqual([250, 2])
    const pages = await Promise.all(['', `&after=${marks[0]}`, `&after=${marks[1]}`].map(async (after) => (await rows(asked(`/?order=premise-long${after}`), of('run', runId))).json()))
    expect(pages.map((page) => page.rows.length)).toEqual([100, 100, 50])
    for (const page of pages) expect(rowsAnswer.parse(page)).toEqual(page)
    expect(new Set(pages.flatMap((page) => page.rows.map((row: { name: string }) => row.name))).size).toBe(250)
  })

  it('refuses an address that names no pairs, and answers no strange host', async () => {
    for (const [path, kind, id] of [['/', 'run', 'x'], ['/', 'novel', runId], ['/?after=1', 'run', runId], ['/?after=a.b', 'run', runId], ['/?after=1.99999999999', 'run', runId]] as const) {
      const refused = await rows(asked(path), of(kind, id))
      expect([refused.status, (await refused.json()).code], path).toEqual([400, 'pairs.bad-address'])
    }
    expect((await rows(asked('/', { host: 'evil.example' }), of('run', runId))).status).toBe(403)
    expect(await (await rows(asked('/'), of('run', randomUUID()))).json()).toEqual({ rows: [] })
  })
})

describe('POST /api/pairs/imports', () => {
  it('takes a file in, and gives what was rejected of it as CSV that no spreadsheet runs', async () => {
    const answer = await receive(asked(`/?project=${projectId}&name=a.json`, { method: 'POST', body: '{"a":1}\n' }))
    expect(answer.status).toBe(201)
    const { id } = await answer.json()
    await db().pairImportRejection.create({ data: { pairImportId: id, ordinal: 0, line: 1, code: 'pairs.unknown-form', params: { fields: '=x' } } })
    const list = await rejections(asked('/'), { params: Promise.resolve({ importId: id }) })
    expect(await list.text()).toContain('1,pairs.unknown-form,')
    expect((await rejections(asked('/'), { params: Promise.resolve({ importId: randomUUID() }) })).status).toBe(404)
  })

  it('takes none from another site, for no project, and none that is empty', async () => {
    expect((await receive(asked(`/?project=${projectId}&name=a`, { method: 'POST', body: 'x', origin: 'http://evil.example' }))).status).toBe(403)
    expect((await receive(asked(`/?project=${randomUUID()}&name=a`, { method: 'POST', body: 'x' }))).status).toBe(404)
    expect((await (await receive(asked(`/?project=${projectId}&name=a`, { method: 'POST', body: '' }))).json()).code).toBe('upload.empty')
  })
})

describe('GET /api/datasets/preview', () => {
  const query = (changes: Record<string, string> = {}) => new URLSearchParams({ projectId, source: `run:${runId}`, ...Object.fromEntries(Object.entries(presets.starter.pairs).map(([name, value]) => [name, String(value)])), ...changes })

  it('says what a freeze would take, and nothing while a field is half typed', async () => {
    const { preview: whole } = await (await preview(asked(`/?${query()}`))).json()
    expect(whole.training + whole.validation).toBe(whole.after.pairs)
    expect(previewAnswer.parse({ preview: whole })).toEqual({ preview: whole })
    const { preview: capped } = await (await preview(asked(`/?${query({ novelCap: '2' })}`))).json()
    expect(capped.after.novels.every((novel: { pairs: number }) => novel.pairs <= 2)).toBe(true)
    expect(await (await preview(asked(`/?${query({ novelCap: '-' })}`))).json()).toEqual({ preview: null })
    expect((await preview(asked(`/?${query({ projectId: randomUUID() })}`))).status).toBe(404)
  })
})
