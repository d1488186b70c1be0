import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { rank } from '@/app/_palette/rank'
import { runHref } from '@/app/_palette/run-href'
import { GET } from '@/app/api/palette/route'
import { db } from '@/lib/db'
import { runKinds } from '@/lib/stages/palette'
import { makeProject } from '@/tests/support/jobs'
import { modernProse, sendNovels } from '@/tests/support/project-files'
import { startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
// Next gives cookies only while it serves a request.
vi.mock('next/headers', () => ({ cookies: async () => ({ get: () => undefined }) }))

async function ask(query: Record<string, string>, host = 'localhost:3000') {
  const answer = await GET(new Request(`http://localhost:3000/api/palette?${new URLSearchParams(query)}`, { headers: { host } }))
  return { status: answer.status, body: await answer.json() }
}

describe('GET /api/palette', () => {
  let projectId: string
  beforeAll(async () => {
    projectId = await makeProject()
    await sendNovels(projectId, ['呐喊', '彷徨', 'Old Tales', '阿Ｑ正传', ...Array.from({ length: 12 }, (_, at) => `杂文${at}`)].map((name, at) => ({ name, text: modernProse(200, at) })))
    await startSet(projectId)
  })
  const titles = async (words: string) => (await ask({ project: projectId, words })).body.novels.map(({ title }: { title: string }) => title)

  it('offers novels whose titles have all of the words, and the newest of them without words', async () => {
    expect(await titles('彷')).toEqual(['彷徨'])
    expect(await titles('tales old')).toEqual(['Old Tales'])
    expect(await titles('呐 徨')).toEqual([])
    for (const words of ['阿Q', '阿q 正傳', '阿Ｑ']) expect(await titles(words), words).toEqual(['阿Ｑ正传'])
    expect(await titles('%')).toEqual([])
    expect(await titles('')).toHaveLength(12)
    expect((await titles(''))[0]).toBe('杂文11')
  })

  it('offers the runs of the project and every project, and nothing of another one', async () => {
    const other = await makeProject()
    const here = (await ask({ project: projectId })).body
    expect(here.runs).toMatchObject([{ kind: 'passageSet', ordinal: 1 }])
    expect(here.projects.map(({ id }: { id: string }) => id).sort()).toEqual([projectId, other].sort())
    expect((await ask({ project: other })).body).toMatchObject({ novels: [], runs: [] })
    for (const project of ['', 'x', randomUUID()]) expect((await ask({ project })).body, project).toMatchObject({ novels: [], runs: [], projects: here.projects })
  })

  it('does not answer under a strange host name', async () => {
    expect((await ask({ project: projectId }, 'example.com')).status).toBe(403)
    expect(await db().project.count()).toBeGreaterThan(0)
  })
})

describe('what the palette offers', () => {
  it('has every typed word in a name, those that begin with them first', () => {
    expect(rank('切片', '切')).toBe(1)
    expect(rank('检索全部书稿', '书稿')).toBeGreaterThan(rank('书名甲', '甲 书'))
    expect(rank('设置', 'sett', ['Settings'])).toBeGreaterThan(0)
    expect(rank('设置', 'set 任', ['Settings'])).toBe(0)
    expect(rank('阿Ｑ正传', '阿q')).toBe(1)
    expect(rank('Jobs', '  ')).toBeGreaterThan(0)
  })

  it('has a page for every kind of run', () => {
    expect(new Set(runKinds.map((kind) => runHref({ kind, id: 'i', ordinal: 2 }))).size).toBe(runKinds.length)
  })
})
