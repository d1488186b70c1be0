import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { GET as getPassage } from '@/app/api/passages/[passageSetId]/rows/[passageId]/route'
import { GET as getRows } from '@/app/api/passages/[passageSetId]/rows/route'
import { GET as getTotals } from '@/app/api/passages/totals/route'
import { queryOf } from '@/app/projects/[projectId]/passages/_passage-query'
import { makeProject } from '@/tests/support/jobs'
import { passagesOfSet } from '@/tests/support/passages-of-set'
import { modernProse, sendNovels } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { passageSettings, startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

// The reader's language comes from a cookie of the request, which only Next has.
vi.mock('next/headers', () => ({ cookies: () => Promise.resolve({ get: () => ({ value: 'en' }) }) }))

useStudio()
let projectId: string
let passageSetId: string
beforeAll(async () => {
  projectId = await makeProject()
  await sendNovels(projectId, Array.from({ length: 3 }, (_, at) => ({ name: `书${at}`, text: modernProse(20_000, at) })))
  passageSetId = (await startSet(projectId)).id
  await runNextWell()
})

const settings = queryOf({ novels: { registers: ['modern'] }, passages: passageSettings })
const asked = (path: string, host = 'localhost:3000') => new Request(`http://localhost:3000${path}`, { headers: { host } })
const linesOf = async (response: Response) => (await response.text()).trim().split('\n').map((line): unknown => JSON.parse(line))

describe('GET /api/passages/totals', () => {
  it('streams a line for each novel', async () => {
    const response = await getTotals(asked(`/api/passages/totals?project=${projectId}&${settings}`))
    expect(response.headers.get('content-type')).toContain('x-ndjson')
    expect(await linesOf(response)).toMatchObject([{ kind: 'scope', novels: 3 }, ...Array.from({ length: 3 }, () => ({ kind: 'figures' }))])
  })

  it('answers settings that will not do with a sentence', async () => {
    for (const query of [`project=${projectId}`, `project=${projectId}&${settings}&minimum=9000`, `project=x&${settings}`]) {
      const response = await getTotals(asked(`/api/passages/totals?${query}`))
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ code: 'passages.bad-settings', error: expect.stringContaining('Passages page') })
    }
  })

  it('counts without tokens where the model is gone', async () => {
    const response = await getTotals(asked(`/api/passages/totals?project=${projectId}&${settings}&model=${randomUUID()}`))
    expect(await linesOf(response)).toHaveLength(4)
  })

  it('stops trying when the page has left', async () => {
    const response = await getTotals(asked(`/api/passages/totals?project=${projectId}&${settings}`))
    const reader = response.body?.getReader()
    await reader?.read()
    await reader?.cancel()
    expect(await reader?.read()).toEqual({ done: true, value: undefined })
  })

  it('is for the studio’s own pages', async () => {
    expect((await getTotals(asked(`/api/passages/totals?project=${projectId}&${settings}`, 'evil.example'))).status).toBe(403)
  })
})

describe('GET /api/passages/[passageSetId]/rows', () => {
  const rowsOf = async (query: string) => {
    const response = await getRows(asked(`/api/passages/${passageSetId}/rows?${query}`), { params: Promise.resolve({ passageSetId }) })
    const { rows }: { rows: { ordinal: number; characters: number }[] } = await response.json()
    return rows
  }

  it('gives a hundred at a time, filtered and sorted as the page asks', async () => {
    const all = await passagesOfSet(passageSetId)
    expect((await rowsOf('')).map(({ ordinal }) => ordinal)).toEqual(all.slice(0, 100).map(({ ordinal }) => ordinal))
    expect((await rowsOf('skip=300')).map(({ ordinal }) => ordinal)).toEqual(all.slice(300, 400).map(({ ordinal }) => ordinal))
    expect(await rowsOf(`skip=${all.length}`)).toEqual([])
    expect(await rowsOf('skip=-5&order=longest&place=ending')).toHaveLength(3)
  })

  it('does not know a set that is none', async () => {
    const response = await getRows(asked('/api/passages/x/rows'), { params: Promise.resolve({ passageSetId: 'x' }) })
    expect(response.status).toBe(404)
  })
})

describe('GET /api/passages/[passageSetId]/rows/[passageId]', () => {
  it('gives the whole text of one', async () => {
    const passage = (await passagesOfSet(passageSetId))[7]
    const response = await getPassage(asked(`/api/passages/${passageSetId}/rows/${passage?.id}`), { params: Promise.resolve({ passageId: String(passage?.id) }) })
    expect(await response.json()).toEqual(passage)
  })

  it.each(['0', 'x', '2147483647', '99999999999'])('does not know %s', async (passageId) => {
    const response = await getPassage(asked('/api/passages/x/rows/y'), { params: Promise.resolve({ passageId }) })
    expect(response.status).toBe(404)
  })
})
