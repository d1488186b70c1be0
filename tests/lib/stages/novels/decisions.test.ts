import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { chapterFilter, type ChapterFilter } from '@/lib/settings/chapter-filter'
import { countChosen } from '@/lib/stages/novels/chapter-filter'
import { renameChapter } from '@/lib/stages/novels/chapters'
import { decide, lastDecision, undoDecision } from '@/lib/stages/novels/decisions'
import { chaptersTaking } from '@/lib/stages/novels/novels'
import { makeProject } from '@/tests/support/jobs'
import { classicalProse, modernProse, sendNovels } from '@/tests/support/project-files'
import { useStudio } from '@/tests/support/studio'

useStudio()
const modern = { registers: ['modern' as const] }
let projectId: string
let road: number

beforeAll(async () => {
  projectId = await makeProject()
  await sendNovels(projectId, [
    { name: '路', text: `第一章 长\n${modernProse(640)}\n第二章 短\n${modernProse(160, 2)}求月票！` },
    { name: '史', text: classicalProse },
  ])
  road = (await db().novel.findFirstOrThrow({ where: { projectId, title: '路' } })).id
})

const count = async (filter: ChapterFilter) => [...(await countChosen(projectId, filter, modern)).values()].reduce((sum, { chapters }) => sum + chapters, 0)
const words = async () => (await db().chapter.findMany({ where: { novel: { projectId }, active: true }, orderBy: [{ novelId: 'asc' }, { ordinal: 'asc' }] })).map(({ taking, role, registerByPerson }) => [taking, role, registerByPerson])

describe('a filter over the library', () => {
  it.each<[ChapterFilter, number]>([
    [{}, 3],
    [{ title: '路' }, 2],
    [{ title: '没有' }, 0],
    [{ register: 'classical' }, 1],
    [{ part: 'in' }, 2],
    [{ part: 'out' }, 1],
    [{ minimum: 400 }, 1],
    [{ maximum: 400 }, 2],
    [{ maximum: 400, register: 'modern' }, 1],
    [{ clutter: 'any' }, 1],
    [{ clutter: 'plea' }, 1],
    [{ clutter: 'url' }, 0],
    [{ role: 'drawn' }, 3],
    [{ role: 'validation' }, 0],
    [{ novelIds: [] }, 0],
  ])('counts %j', async (filter, chapters) => expect(await count(filter)).toBe(chapters))

  it('takes nothing for a condition that an empty form does not make, and refuses what is none', () => {
    expect(chapterFilter.parse({})).toEqual({})
    for (const bad of [{ register: 'old' }, { minimum: -1 }, { minimum: 'x' }, { clutter: 'dirt' }, { title: ' ' }]) expect(chapterFilter.safeParse(bad).success).toBe(false)
  })
})

describe('a decision by filter', () => {
  it('is put on the chapters it names, and undone to what was there', async () => {
    await db().chapter.updateMany({ where: { novelId: road, ordinal: 1 }, data: { role: 'training' } })
    const before = await words()
    const decision = await decide(projectId, { maximum: 400 }, { kind: 'role', role: 'validation' }, modern)
    expect(decision).toMatchObject({ chapters: 2, novels: 2 })
    expect((await words()).map(([, role]) => role)).toEqual(['drawn', 'validation', 'validation'])
    await undoDecision(projectId, decision.id)
    expect(await words()).toEqual(before)
  })

  it('is put on the novels where it names whole ones', async () => {
    const decision = await decide(projectId, { title: '史' }, { kind: 'taking', taking: 'taken' }, modern)
    expect((await words()).map(([taking]) => taking)).toEqual(['by_register', 'by_register', 'by_register'])
    expect((await chaptersTaking(projectId, modern)).length).toBe(3)
    await undoDecision(projectId, decision.id)
    expect((await chaptersTaking(projectId, modern)).length).toBe(2)
  })

  it('overrules a register, and goes back to the measured one', async () => {
    await decide(projectId, { register: 'classical' }, { kind: 'register', register: 'modern' }, modern)
    expect(await count({ register: 'modern' })).toBe(3)
    await decide(projectId, {}, { kind: 'register', register: null }, modern)
    expect(await count({ register: 'modern' })).toBe(2)
  })

  it('is undone only as the last one, and once', async () => {
    const first = await decide(projectId, { minimum: 400 }, { kind: 'taking', taking: 'left_out' }, modern)
    const second = await decide(projectId, { minimum: 400 }, { kind: 'taking', taking: 'taken' }, modern)
    expect((await lastDecision(projectId))?.id).toBe(second.id)
    await expect(undoDecision(projectId, first.id)).rejects.toMatchObject({ code: 'decision.undone' })
    await undoDecision(projectId, second.id)
    await expect(undoDecision(projectId, second.id)).rejects.toMatchObject({ code: 'decision.undone' })
    expect((await words())[0]?.[0]).toBe('left_out')
    await undoDecision(projectId, first.id)
    expect((await words())[0]?.[0]).toBe('by_register')
  })

  it('leaves a chapter that was changed since with the word it carried over', async () => {
    const chapter = await db().chapter.findFirstOrThrow({ where: { novelId: road, ordinal: 0, active: true } })
    const decision = await decide(projectId, { minimum: 400 }, { kind: 'taking', taking: 'left_out' }, modern)
    await renameChapter(projectId, chapter.id, '新')
    await undoDecision(projectId, decision.id)
    expect((await words())[0]?.[0]).toBe('left_out')
  })

  it('refuses a filter that names nothing, and leaves other projects alone', async () => {
    await expect(decide(projectId, { title: '没有' }, { kind: 'role', role: 'training' }, modern)).rejects.toMatchObject({ code: 'decision.none' })
    const other = await makeProject()
    await expect(decide(other, {}, { kind: 'role', role: 'training' }, modern)).rejects.toMatchObject({ code: 'decision.none' })
    await expect(undoDecision(other, (await lastDecision(projectId))?.id ?? 0)).rejects.toMatchObject({ code: 'decision.undone' })
  })
})
