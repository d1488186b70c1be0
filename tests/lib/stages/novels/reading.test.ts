import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { mergeChapters, renameChapter } from '@/lib/stages/novels/chapters'
import { findInNovel } from '@/lib/stages/novels/find-in-novel'
import { cutsOfChapters, findNovelLines, placeIn, readChaptersFrom, rememberPlace } from '@/lib/stages/novels/reading'
import { makeProject } from '@/tests/support/jobs'
import { modernProse, sendNovels } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
let novelId: number

beforeAll(async () => {
  projectId = await makeProject()
  await sendNovels(projectId, [{ name: '路', text: ['一', '二', '三'].map((of, at) => `第${of}章 门\n${modernProse(320, at)}𠀀灯Ab灯ab`).join('\n') }])
  novelId = (await db().novel.findFirstOrThrow({ where: { projectId } })).id
})

const lines = async () => (await findNovelLines(projectId, novelId))?.chapters ?? []
const id = async (index: number) => (await lines())[index]?.id ?? 0

describe('reading', () => {
  it('gives chapters from one on, as many as hold so many characters', async () => {
    expect((await readChaptersFrom(novelId, await id(1), 10)).map((chapter) => chapter.id)).toEqual([await id(1)])
    expect((await readChaptersFrom(novelId, await id(1), 100_000)).map((chapter) => chapter.id)).toEqual([await id(1), await id(2)])
    expect(await readChaptersFrom(novelId + 1, await id(1), 10)).toEqual([])
  })

  it('shows the newest set’s cuts, after a new heading too, but not after a change of the text', async () => {
    await startSet(projectId)
    await runNextWell()
    const first = await id(0)
    const cuts = (await cutsOfChapters([first])).get(first)
    expect(cuts?.length).toBeGreaterThan(1)
    await renameChapter(projectId, first, '另一章')
    expect((await cutsOfChapters([await id(0)])).get(await id(0))).toEqual(cuts)
    await mergeChapters(projectId, await id(0), 'next')
    expect(await cutsOfChapters([await id(0)])).toEqual(new Map())
  })

  it('remembers the place, also when chapters are changed', async () => {
    expect(placeIn(await lines(), null)).toBeNull()
    await rememberPlace(novelId, await id(1), 0.5)
    const place = async () => placeIn(await lines(), (await findNovelLines(projectId, novelId))?.readPlace ?? null)
    expect(await place()).toMatchObject({ chapterId: await id(1), share: 0.5 })
    await mergeChapters(projectId, await id(0), 'next')
    expect((await place())?.chapterId).toBe(await id(0))
    expect((await place())?.share).toBeGreaterThan(0.5)
  })
})

describe('findInNovel', () => {
  it('counts every place, in characters and in either case', async () => {
    const { total, places } = await findInNovel(novelId, 'aB')
    expect(total).toBe(6)
    const { text } = await db().chapter.findUniqueOrThrow({ where: { id: places[0]?.[0] } })
    for (const [, at] of places) expect([...text].slice(at, at + 2).join('').toLowerCase()).toBe('ab')
    expect((await findInNovel(novelId, '𠀀灯')).total).toBe(3)
  })

  it('takes signs as they stand, and finds nothing in nothing', async () => {
    expect((await findInNovel(novelId, '.*')).total).toBe(0)
    expect((await findInNovel(novelId, '%')).total).toBe(0)
    expect((await findInNovel(novelId, ' ')).total).toBe(0)
  })
})
