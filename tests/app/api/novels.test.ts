import { beforeAll, describe, expect, it, vi } from 'vitest'
import { GET as find } from '@/app/api/novels/[novelId]/find/route'
import { GET as readText } from '@/app/api/novels/[novelId]/text/route'
import { foundAnswer, windowAnswer } from '@/app/projects/[projectId]/novels/[novelId]/_components/answers'
import { db } from '@/lib/db'
import { makeProject } from '@/tests/support/jobs'
import { modernProse, sendNovels } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

// The reader's language comes from a cookie of the request, which only Next has.
vi.mock('next/headers', () => ({ cookies: () => Promise.resolve({ get: () => ({ value: 'en' }) }) }))

useStudio()
let novelId: number
let chapterIds: number[]
beforeAll(async () => {
  const projectId = await makeProject()
  await sendNovels(projectId, [{ name: '路', text: `第一章 出门\n${modernProse(400)}\n求月票！\n第二章 船\nABC 123\n${modernProse(100, 2)}` }])
  await startSet(projectId)
  await runNextWell()
  novelId = (await db().novel.findFirstOrThrow({ where: { projectId } })).id
  chapterIds = (await db().chapter.findMany({ where: { novelId }, orderBy: { ordinal: 'asc' } })).map(({ id }) => id)
})

const asked = (path: string, host = 'localhost:3000') => new Request(`http://localhost:3000${path}`, { headers: { host } })
const of = (novel: unknown) => ({ params: Promise.resolve({ novelId: String(novel) }) })

describe('GET /api/novels/[novelId]/text', () => {
  const textAt = (query: string, novel: unknown = novelId, host?: string) => readText(asked(`/?${query}`, host), of(novel))

  it('gives parts through the chapters that follow, as the reading view parses them', async () => {
    const answer: unknown = await (await textAt(`chapter=${chapterIds[0]}&part=0&count=20`)).json()
    const window = windowAnswer.parse(answer)
    expect(window).toEqual(answer)
    expect(window.chapters.map(({ id }) => id)).toEqual(chapterIds)
    const blocks = window.parts.flatMap((part) => part.blocks)
    expect(new Set(blocks.map(({ kind }) => kind))).toEqual(new Set(['cut', 'paragraph']))
    expect(blocks.flatMap((block) => (block.kind === 'paragraph' ? block.marks : []))).toMatchObject([{ kind: 'plea' }])
  })

  it('refuses what names no place, and answers no strange host', async () => {
    for (const query of ['', `chapter=${chapterIds[0]}&part=-1&count=1`, `chapter=${chapterIds[0]}&part=0&count=41`, 'chapter=x&part=0&count=1']) expect((await textAt(query)).status, query).toBe(404)
    expect((await textAt(`chapter=${chapterIds[0]}&part=0&count=1`, 'x')).status).toBe(404)
    expect((await textAt('', novelId, 'evil.example')).status).toBe(403)
  })
})

describe('GET /api/novels/[novelId]/find', () => {
  it('gives every place of the words, as the find bar parses it', async () => {
    const answer: unknown = await (await find(asked(`/?words=${encodeURIComponent('月票')}`), of(novelId))).json()
    expect(foundAnswer.parse(answer)).toEqual(answer)
    expect(answer).toEqual({ total: 1, places: [[chapterIds[0], expect.any(Number)]] })
  })

  it('refuses words without end, or none', async () => {
    expect((await find(asked(`/?words=${'x'.repeat(101)}`), of(novelId))).status).toBe(404)
    expect((await find(asked('/'), of(novelId))).status).toBe(404)
  })
})
