import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import type { NovelSettings } from '@/lib/settings/novels'
import { leftOutByRegister } from '@/lib/stages/novels/left-out-registers'
import { chaptersTaking, decideChapter, decideNovel, listNovels, readChapter } from '@/lib/stages/novels/novels'
import { chaptersOfNovel } from '@/tests/support/chapters-of-novel'
import { makeProject } from '@/tests/support/jobs'
import { classicalProse, modernProse, sendNovels } from '@/tests/support/project-files'
import { useStudio } from '@/tests/support/studio'

useStudio()
const modern: NovelSettings = { registers: ['modern'] }
let projectId: string
let ids: { road: number; history: number; road1: number; road2: number; history1: number }

beforeAll(async () => {
  projectId = await makeProject()
  await sendNovels(projectId, [
    { name: '路', text: `第一章 出门\n${modernProse(320)}\n第二章 回来\n${modernProse(160, 2)}` },
    { name: '史', text: classicalProse },
  ])
  const [road, history] = await db().novel.findMany({ where: { projectId }, orderBy: { id: 'asc' }, include: { chapters: { orderBy: { ordinal: 'asc' } } } })
  ids = { road: road?.id ?? 0, history: history?.id ?? 0, road1: road?.chapters[0]?.id ?? 0, road2: road?.chapters[1]?.id ?? 0, history1: history?.chapters[0]?.id ?? 0 }
})

const taking = async (settings = modern) => (await chaptersTaking(projectId, settings)).map(({ id }) => id)

describe('which chapters take part', () => {
  it('follows the register, then the word on the novel, then the word on the chapter', async () => {
    expect(await taking()).toEqual([ids.road1, ids.road2])
    expect(await taking({ registers: ['classical'] })).toEqual([ids.history1])
    expect(await taking({ registers: ['modern', 'classical'] })).toEqual([ids.road1, ids.road2, ids.history1])

    await decideNovel(projectId, ids.history, { taking: 'taken' })
    await decideNovel(projectId, ids.road, { taking: 'left_out' })
    expect(await taking()).toEqual([ids.history1])
    await decideChapter(projectId, ids.road2, { taking: 'taken' })
    await decideChapter(projectId, ids.history1, { taking: 'left_out' })
    expect(await taking()).toEqual([ids.road2])

    for (const chapter of [ids.road2, ids.history1]) await decideChapter(projectId, chapter, { taking: 'by_register' })
    for (const novel of [ids.road, ids.history]) await decideNovel(projectId, novel, { taking: 'by_register' })
    expect(await taking()).toEqual([ids.road1, ids.road2])
  })

  it('counts what is left out by its register alone', async () => {
    const leftOut = async (settings: NovelSettings) => (await leftOutByRegister(projectId, settings)).map(({ register, novels, chapters }) => [register, novels, chapters])
    expect(await leftOut(modern)).toEqual([['classical', 1, 1]])
    expect(await leftOut({ registers: ['classical'] })).toEqual([['modern', 1, 2]])
    expect(await leftOut({ registers: ['modern', 'classical'] })).toEqual([])

    await decideNovel(projectId, ids.history, { taking: 'left_out' })
    expect(await leftOut(modern)).toEqual([])
    await decideNovel(projectId, ids.history, { taking: 'by_register' })
    await decideChapter(projectId, ids.road1, { taking: 'taken' })
    expect(await leftOut({ registers: ['classical'] })).toEqual([['modern', 1, 1]])
    await decideChapter(projectId, ids.road1, { taking: 'by_register' })
  })

  it('believes a person before the measure, and goes back', async () => {
    await decideChapter(projectId, ids.road1, { register: 'classical' })
    expect(await taking()).toEqual([ids.road2])
    expect((await chaptersOfNovel(ids.road)).map(({ registerByPerson, measuredRegister }) => [registerByPerson, measuredRegister])).toEqual([['classical', 'modern'], [null, 'modern']])
    await decideChapter(projectId, ids.road1, { role: 'validation' })
    expect((await readChapter(ids.road1))?.registerByPerson).toBe('classical')
    await decideChapter(projectId, ids.road1, { register: null, role: 'drawn' })
    expect(await taking()).toEqual([ids.road1, ids.road2])
  })

  it('is nobody else’s to say', async () => {
    const other = await makeProject()
    await decideNovel(other, ids.road, { taking: 'left_out' })
    await decideChapter(other, ids.road1, { taking: 'left_out', register: 'classical' })
    expect(await taking()).toEqual([ids.road1, ids.road2])
    expect(await chaptersTaking(other, modern)).toEqual([])
  })
})

describe('listNovels', () => {
  it('adds up chapters by the register that counts and by what takes part', async () => {
    const characters = async (id: number) => (await readChapter(id))?.characters ?? 0
    const [one, two, history] = [await characters(ids.road1), await characters(ids.road2), await characters(ids.history1)]
    await decideChapter(projectId, ids.road2, { register: 'early_vernacular' })
    expect(await listNovels(projectId, modern)).toMatchObject([
      { title: '路', chapters: 2, characters: one + two, registers: { modern: one, early_vernacular: two, classical: 0 }, taken: one },
      { title: '史', chapters: 1, characters: history, registers: { modern: 0, early_vernacular: 0, classical: history }, taken: 0 },
    ])
    expect((await listNovels(projectId, { registers: ['early_vernacular', 'classical'] })).map(({ taken }) => taken)).toEqual([two, history])
    await decideChapter(projectId, ids.road2, { register: null })
  })

  it('shows nothing of an upload that is not ready', async () => {
    const [upload] = await db().upload.findMany({ where: { projectId } })
    await db().upload.update({ where: { id: upload?.id }, data: { state: 'refused' } })
    expect(await listNovels(projectId, modern)).toEqual([])
    expect(await taking()).toEqual([])
    await db().upload.update({ where: { id: upload?.id }, data: { state: 'ready' } })
    expect(await taking()).toHaveLength(2)
  })
})
