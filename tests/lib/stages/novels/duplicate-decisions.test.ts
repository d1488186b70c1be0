import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { usualDuplicateSettings } from '@/lib/settings/duplicates'
import { joinToPrevious, renameChapter, splitChapter } from '@/lib/stages/novels/chapters'
import { keepAll, keepOne, keepOneOfEach, undoDecision, undoLastDecision } from '@/lib/stages/novels/duplicate-decisions'
import { duplicateStanding } from '@/lib/stages/novels/duplicates'
import { decideChapter } from '@/lib/stages/novels/novels'
import { undo } from '@/lib/stages/novels/revisions'
import { duplicateGroupsOfPassages } from '@/lib/stages/passages/duplicates'
import { prose, sendAlike, searchDuplicates, groupsOf } from '@/tests/support/alike-novels'
import { makeProject } from '@/tests/support/jobs'
import { modernProse, sendNovels } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
})

const search = (settings?: typeof usualDuplicateSettings) => searchDuplicates(projectId, settings)
const takings = async () => Object.fromEntries((await db().novel.findMany({ where: { projectId } })).map(({ title, taking }) => [title, taking]))

describe('a decision on duplicates', () => {
  it('leaves the others out and is taken back, whatever they were before', async () => {
    await sendAlike(projectId)
    const [group] = await groupsOf(await search(), 'novel')
    await db().novel.updateMany({ where: { title: '甲又' }, data: { taking: 'taken' } })
    await keepOne(projectId, group?.id ?? 0, 0)
    expect(await takings()).toEqual({ 甲: 'by_register', 甲又: 'left_out', 乙: 'by_register' })
    await keepOne(projectId, group?.id ?? 0, 1)
    expect(await takings()).toEqual({ 甲: 'left_out', 甲又: 'taken', 乙: 'by_register' })
    await undoDecision(projectId, group?.id ?? 0)
    expect(await takings()).toEqual({ 甲: 'by_register', 甲又: 'taken', 乙: 'by_register' })
    await keepAll(projectId, group?.id ?? 0)
    expect(await takings()).toEqual({ 甲: 'by_register', 甲又: 'taken', 乙: 'by_register' })
  })

  it('does not undo what a person changed by hand since', async () => {
    await sendAlike(projectId)
    const [group] = await groupsOf(await search(), 'novel')
    await keepOne(projectId, group?.id ?? 0, 0)
    await db().novel.updateMany({ where: { title: '甲又' }, data: { taking: 'taken' } })
    await undoDecision(projectId, group?.id ?? 0)
    expect(await takings()).toMatchObject({ 甲又: 'taken' })
  })

  describe('on a chapter that is another one since', () => {
    let group: number
    let repeated: { id: number; novelId: number }
    beforeEach(async () => {
      await sendNovels(projectId, [{ name: '甲', text: `第一章\n${prose(0)}` }, { name: '乙', text: `第一章\n${prose(1)}\n第二章\n${prose(0).slice(0, 300)}\n${prose(0).slice(300)}\n第三章\n${prose(2).slice(0, 90)}` }])
      group = (await groupsOf(await search(), 'chapter'))[0]?.id ?? 0
      repeated = await db().chapter.findFirstOrThrow({ where: { heading: '第二章', novel: { projectId } } })
      await keepOne(projectId, group, 0)
    })
    const split = () => splitChapter(projectId, repeated.id, 301, { line: false, words: '下' })
    const now = async (novelId = repeated.novelId) =>
      Object.fromEntries((await db().chapter.findMany({ where: { novelId, active: true } })).map(({ heading, taking }) => [heading, taking]))

    it('is taken back for both halves of a split one, for what they became, and for the whole one', async () => {
      const { id } = await split()
      const second = await db().chapter.findFirstOrThrow({ where: { heading: '下' } })
      const rename = await renameChapter(projectId, second.id, '后半')
      expect(await now()).toEqual({ 第一章: 'by_register', 第二章: 'left_out', 后半: 'left_out', 第三章: 'by_register' })
      await undoDecision(projectId, group)
      expect(await now()).toEqual({ 第一章: 'by_register', 第二章: 'by_register', 后半: 'by_register', 第三章: 'by_register' })
      for (const revision of [rename.id, id]) await db().$transaction((tx) => undo(tx, projectId, revision))
      expect(await now()).toEqual({ 第一章: 'by_register', 第二章: 'by_register', 第三章: 'by_register' })
    })

    it('leaves a half alone that a person has set by hand, and holds for the halves when it is another one', async () => {
      await split()
      const [, second] = await db().chapter.findMany({ where: { novelId: repeated.novelId, active: true, heading: { in: ['第二章', '下'] } }, orderBy: { ordinal: 'asc' } })
      await keepOne(projectId, group, 1)
      expect(await now()).toMatchObject({ 第二章: 'by_register', 下: 'by_register' })
      await keepOne(projectId, group, 0)
      expect(await now()).toMatchObject({ 第二章: 'left_out', 下: 'left_out' })
      await decideChapter(projectId, second?.id ?? 0, { taking: 'taken' })
      await undoDecision(projectId, group)
      expect(await now()).toMatchObject({ 第二章: 'by_register', 下: 'taken' })
    })

    it('is taken back where the chapter is the longest of those it was joined with, and nowhere else', async () => {
      const short = await db().chapter.findFirstOrThrow({ where: { heading: '第三章', novel: { projectId } } })
      await decideChapter(projectId, short.id, { taking: 'left_out' })
      await joinToPrevious(projectId, short.id)
      expect(await now()).toEqual({ 第一章: 'by_register', 第二章: 'left_out' })
      await undoDecision(projectId, group)
      expect(await now()).toEqual({ 第一章: 'by_register', 第二章: 'by_register' })
    })

    it('is not taken back where a longer chapter that a person left out took it in', async () => {
      const before = await db().chapter.findFirstOrThrow({ where: { heading: '第一章', novelId: repeated.novelId } })
      await db().chapter.update({ where: { id: before.id }, data: { characters: { increment: 9 } } })
      await decideChapter(projectId, before.id, { taking: 'left_out' })
      await joinToPrevious(projectId, repeated.id)
      await undoDecision(projectId, group)
      expect(await now()).toEqual({ 第一章: 'left_out', 第三章: 'by_register' })
    })
  })

  it('is made for every undecided group at once, and undone at once', async () => {
    await sendAlike(projectId)
    const id = await search()
    const outside = (await groupsOf(id, 'chapter')).filter(({ within }) => !within)
    expect(await keepOneOfEach(projectId, id, 'chapter', 'longest')).toBe(outside.length)
    expect((await groupsOf(id, 'chapter'))[0]?.members.filter((member) => member.endsWith('out'))).toHaveLength(2)
    expect(await db().chapter.count({ where: { novel: { projectId }, taking: 'left_out' } })).toBe(2)
    expect(await keepOneOfEach(projectId, id, 'chapter', 'first')).toBe(0)
    expect(await undoLastDecision(projectId, id, 'chapter')).toBe(outside.length)
    expect(await db().chapter.count({ where: { novel: { projectId }, taking: 'left_out' } })).toBe(0)
  })

  it('is remembered by the next search, and by the passages of its set', async () => {
    await sendNovels(projectId, [{ name: '甲', text: `${prose(0)}\n${prose(1)}` }, { name: '乙', text: [2, 3, 4, 1, 0].map(prose).join('\n') }])
    const set = await startSet(projectId, { target: 600, minimum: 500, maximum: 700 })
    await runNextWell()
    const first = await search()
    await keepOneOfEach(projectId, first, 'passage', 'first')
    const before = await duplicateGroupsOfPassages(projectId, set.id)
    expect(before?.length).toBeGreaterThan(0)
    expect(before?.every(({ members }) => members.filter(({ leftOut }) => leftOut).length === members.length - 1)).toBe(true)
    await sendNovels(projectId, [{ name: '丙', text: prose(9) }])
    expect(await duplicateGroupsOfPassages(projectId, set.id)).toEqual(before)
    await search()
    const after = await duplicateGroupsOfPassages(projectId, set.id)
    expect(after?.map(({ decision, members }) => ({ decision, members }))).toEqual(before?.map(({ members }) => ({ decision: 'one_kept', members })))
    expect(await db().duplicateSearch.count({ where: { projectId } })).toBe(1)
  })

  it('that all stay is remembered too, and every group belongs to its own project', async () => {
    await sendAlike(projectId)
    const [group] = await groupsOf(await search(), 'novel')
    await keepAll(projectId, group?.id ?? 0)
    expect((await groupsOf(await search({ likeness: 0.7 }), 'novel')).map(({ decision }) => decision)).toEqual(['all_kept'])
    const [now] = await groupsOf((await duplicateStanding(projectId)).finished?.id ?? '', 'novel')
    const other = await makeProject()
    for (const act of [() => keepOne(other, now?.id ?? 0, 0), () => keepAll(other, now?.id ?? 0), () => undoDecision(other, now?.id ?? 0), () => keepOne(projectId, now?.id ?? 0, 9)]) {
      await expect(act()).rejects.toMatchObject({ code: 'run.missing', params: { what: 'duplicate group' } })
    }
    expect(await takings()).toEqual({ 甲: 'by_register', 甲又: 'by_register', 乙: 'by_register' })
  })

  it('goes with the upload of what it was about', async () => {
    await sendNovels(projectId, [{ name: '甲', text: modernProse(600) }, { name: '乙', text: modernProse(600) }])
    const id = await search()
    expect(await groupsOf(id, 'novel')).toHaveLength(1)
    await db().novel.deleteMany({ where: { title: '乙' } })
    expect((await groupsOf(id, 'novel')).map(({ members }) => members)).toEqual([['甲']])
  })
})
