import { beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '@/bin/doctor/invariants.mjs'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import type { DuplicateLevel } from '@/lib/generated/prisma/client'
import { claimNext } from '@/lib/queue/lease'
import { usualDuplicateSettings } from '@/lib/settings/duplicates'
import { chaptersLike } from '@/lib/stages/novels/chapters-like'
import { keepAll, keepOne, keepOneOfEach, undoDecision, undoLastDecision } from '@/lib/stages/novels/duplicate-decisions'
import { chaptersOfDuplicates, countDuplicateGroups, countOpenDuplicates, duplicatesOfNovels, listDuplicateGroups, textsOfMembers } from '@/lib/stages/novels/duplicate-groups'
import { containedNovels } from '@/lib/stages/novels/contained-novels'
import { decideChapter } from '@/lib/stages/novels/novels'
import { joinToPrevious, renameChapter, splitChapter } from '@/lib/stages/novels/chapters'
import { undo } from '@/lib/stages/novels/revisions'
import { duplicateStanding, startDuplicateSearch } from '@/lib/stages/novels/duplicates'
import { duplicateGroupsOfPassages } from '@/lib/stages/passages/duplicates'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { modernProse, sampleNovels, sendNovels } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { quickDrawer } from '@/lib/draw'
import { startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
})

const sample = sampleNovels.map(({ text }) => text.replaceAll(/\s/g, '')).join('')
/** Stretches of the samples' prose, each of its own words. */
const prose = (index: number) => sample.slice(index * 600, (index + 1) * 600)

function blurred(text: string): string {
  const draw = quickDrawer(4)
  return [...text].map((character) => (draw() < 0.02 ? '某' : character)).join('')
}

/** Three novels: the second repeats the first with a changed chapter, the third shares one chapter with them. */
async function sendAlike() {
  const chapters = (...texts: string[]) => texts.map((text, at) => `第${'一二三四五'[at]}章\n${text}`).join('\n')
  await sendNovels(projectId, [
    { name: '甲', text: chapters(prose(0), prose(1), prose(2), prose(3)) },
    { name: '甲又', text: chapters(prose(0), blurred(prose(1)), prose(2), prose(3)) },
    { name: '乙', text: chapters(prose(4), prose(0), prose(5)) },
  ])
}

async function search(settings = usualDuplicateSettings) {
  const { id } = await startDuplicateSearch(projectId, settings)
  await runNextWell()
  return id
}

/** The groups of a level as the titles or headings of their members. */
async function groups(searchId: string, level: DuplicateLevel) {
  const rows = await db().duplicateGroup.findMany({
    where: { duplicateSearchId: searchId, level },
    include: { members: { include: { novel: true, chapter: { include: { novel: true } }, passage: true }, orderBy: { ordinal: 'asc' } } },
    orderBy: { ordinal: 'asc' },
  })
  return rows.map(({ id, within, decision, members }) => ({
    id,
    within,
    decision,
    members: members.map(({ novel, chapter, leftOut }) => `${novel?.title ?? `${chapter?.novel.title} ${chapter?.heading}`}${leftOut ? ' out' : ''}`),
    likeness: members.map((member) => member.likeness),
  }))
}

const takings = async () => Object.fromEntries((await db().novel.findMany({ where: { projectId } })).map(({ title, taking }) => [title, taking]))

describe('a search for duplicates', () => {
  it('groups novels, chapters and passages, and says which groups lie within others', async () => {
    await sendAlike()
    await startSet(projectId)
    await runNextWell()
    const id = await search()
    const novels = await groups(id, 'novel')
    expect(novels.map(({ members, within }) => ({ members, within }))).toEqual([{ members: ['甲', '甲又'], within: false }])
    expect(novels[0]?.likeness[1]).toBeGreaterThan(0.9)
    expect(novels[0]?.likeness[1]).toBeLessThan(1)
    const chapters = await groups(id, 'chapter')
    expect(chapters.map(({ members, within }) => ({ members, within }))).toEqual([
      { members: ['甲 第一章', '甲又 第一章', '乙 第二章'], within: false },
      { members: ['甲 第二章', '甲又 第二章'], within: true },
      { members: ['甲 第三章', '甲又 第三章'], within: true },
      { members: ['甲 第四章', '甲又 第四章'], within: true },
    ])
    const passages = await groups(id, 'passage')
    expect(passages.length).toBeGreaterThan(4)
    expect(passages.every(({ within }) => within)).toBe(true)
    expect(await db().duplicateSearch.findUnique({ where: { id } })).toMatchObject({ novels: 3, chapters: 11, passages: await db().passage.count() })
    await expectInvariants(env().databaseUrl)
    await db().duplicateSearch.update({ where: { id }, data: { passages: null } })
    expect((await brokenInvariants(env().databaseUrl)).map(({ name }) => name)).toEqual(['a finished search for duplicates has compared every level'])
  })

  it('finds nothing where nothing repeats, and refuses a project without novels', async () => {
    await expect(startDuplicateSearch(projectId, usualDuplicateSettings)).rejects.toMatchObject({ code: 'duplicates.no-novels' })
    await sendNovels(projectId, [{ name: '甲', text: prose(0) }, { name: '乙', text: prose(1) }])
    const id = await search()
    expect(await db().duplicateGroup.count({ where: { duplicateSearchId: id } })).toBe(0)
    await expect(startDuplicateSearch(projectId, usualDuplicateSettings, id)).rejects.toMatchObject({ code: 'run.missing' })
    await expect(startDuplicateSearch(projectId, { likeness: 0.2 })).rejects.toThrow()
  })

  it('is found again by a second click, and stale once novels come or passages are cut', async () => {
    await sendAlike()
    const clicks = await Promise.all([startDuplicateSearch(projectId, usualDuplicateSettings), startDuplicateSearch(projectId, usualDuplicateSettings)])
    expect(new Set(clicks.map(({ id }) => id)).size).toBe(1)
    expect(await duplicateStanding(projectId)).toMatchObject({ finished: null, stale: null })
    await runNextWell()
    expect(await duplicateStanding(projectId)).toMatchObject({ finished: { id: clicks[0].id }, stale: null })
    await startSet(projectId)
    await runNextWell()
    expect(await duplicateStanding(projectId)).toMatchObject({ stale: 'passages' })
    const again = await search()
    expect(again).not.toBe(clicks[0].id)
    expect(await duplicateStanding(projectId)).toMatchObject({ finished: { id: again }, stale: null })
    await sendNovels(projectId, [{ name: '丙', text: prose(7) }])
    expect(await duplicateStanding(projectId)).toMatchObject({ stale: 'novels' })
  })

  it('goes on where a cancelled one ended', async () => {
    await sendAlike()
    const { id, jobId } = await startDuplicateSearch(projectId, usualDuplicateSettings)
    await db().job.update({ where: { id: jobId }, data: { stopRequest: 'cancel' } })
    expect(await runNext()).toMatchObject({ state: 'cancelled' })
    await db().duplicateSearch.update({ where: { id }, data: { novels: 3 } })
    expect((await startDuplicateSearch(projectId, usualDuplicateSettings)).id).toBe(id)
    await runNextWell()
    // The level that was finished before is not compared again: it had no groups.
    expect(await groups(id, 'novel')).toEqual([])
    expect(await groups(id, 'chapter')).toHaveLength(4)
  })

  it('writes nothing once another attempt has taken over', async () => {
    await sendAlike()
    const { id, jobId } = await startDuplicateSearch(projectId, usualDuplicateSettings)
    const { findDuplicates } = await import('@/gpu-worker/stages/find-duplicates')
    const { openAttempt } = await import('@/gpu-worker/attempt/open')
    const job = await claimNext('cpu', 'this test', null)
    if (!job) throw new Error('No job is queued')
    await db().job.update({ where: { id: jobId }, data: { epoch: { increment: 1 } } })
    const open = openAttempt(job)
    await expect(findDuplicates(open.attempt)).rejects.toThrow()
    await open.close()
    expect(await db().duplicateGroup.count({ where: { duplicateSearchId: id } })).toBe(0)
  })
})

describe('an anthology', () => {
  it('is told with every novel that it contains, and no novel with its double', async () => {
    const chapters = (...texts: string[]) => texts.map((text, at) => `第${'一二三四五'[at]}章\n${text}`).join('\n')
    await sendNovels(projectId, [
      { name: '甲', text: chapters(prose(0), prose(1)) },
      { name: '甲又', text: chapters(prose(0), prose(1)) },
      { name: '乙', text: chapters(prose(4), prose(5), prose(6)) },
      { name: '合集', text: chapters(prose(0), blurred(prose(1)), prose(2), prose(3), prose(4)) },
    ])
    const id = await search()
    const told = async () => (await containedNovels(id)).map(({ title, outer, shared, chapters: all }) => [title, outer, shared, all])
    // Of 乙 only a third stands in it.
    expect(await told()).toEqual([['甲', '合集', 2, 2], ['甲又', '合集', 2, 2]])
    for (const group of await groups(id, 'chapter')) await keepAll(projectId, group.id)
    expect(await told()).toEqual([])
  })

  it('is told with a novel that it holds as one chapter, however little differs', async () => {
    const chapters = (...texts: string[]) => texts.map((text, at) => `第${'一二三四五'[at]}章\n${text}`).join('\n')
    const whole = [prose(0), prose(1), prose(2)]
    await sendNovels(projectId, [
      { name: '甲', text: chapters(...whole) },
      { name: '乙', text: chapters(prose(6), prose(7)) },
      // As long as 甲 and of other words.
      { name: '丙', text: chapters(prose(8), prose(9), prose(10)) },
      { name: '合集', text: `第一章 甲\n${blurred(whole.join('\n'))}\n第二章 别的\n${prose(3)}\n${prose(4)}\n${prose(5)}` },
    ])
    const id = await search({ likeness: 0.5 })
    const told = (await containedNovels(id)).map(({ title, outer, chapter, chapters: all }) => [title, outer, chapter, all])
    expect(told).toEqual([['甲', '合集', '第一章 甲', 3]])
    // A chapter that is its whole novel is that novel, compared as one.
    expect(await db().novelInChapter.count({ where: { duplicateSearchId: id } })).toBe(1)
  })
})

describe('what is shown of duplicates', () => {
  it('is a page of groups with their places, counted by what is to be done with them', async () => {
    await sendAlike()
    const id = await search()
    expect(await countDuplicateGroups(id)).toEqual({ novel: { undecided: 1, decided: 0, within: 0 }, chapter: { undecided: 1, decided: 0, within: 3 }, passage: { undecided: 0, decided: 0, within: 0 } })
    const [group, ...others] = await listDuplicateGroups(id, 'chapter', 'undecided', { take: 5, skip: 0 })
    expect(others).toEqual([])
    expect(group?.members).toMatchObject([
      { novel: '甲', heading: '第一章', fileName: 'train.json', likeness: 1, exact: true, isOut: false },
      { novel: '甲又', heading: '第一章', likeness: 1, exact: true },
      { novel: '乙', heading: '第二章', chapterOrdinal: 1, passageOrdinal: null },
    ])
    expect((await listDuplicateGroups(id, 'chapter', 'within', { take: 2, skip: 1 })).map(({ ordinal }) => ordinal)).toEqual([2, 3])
    expect([...(await textsOfMembers('chapter', group?.members.map((member) => member.id) ?? [])).values()]).toEqual([prose(0), prose(0), prose(0)])
    expect(await textsOfMembers('novel', [group?.members[0]?.novelId ?? 0])).toEqual(new Map())
    const chapters = await chaptersOfDuplicates(group?.members.map(({ novelId }) => novelId) ?? [])
    expect(chapters).toHaveLength(11)
    expect(new Set(chapters.map(({ hash }) => hash)).size).toBe(7)
    await keepOne(projectId, group?.id ?? 0, 2)
    expect((await listDuplicateGroups(id, 'chapter', 'decided', { take: 5, skip: 0 }))[0]?.members.map(({ leftOut, isOut }) => [leftOut, isOut])).toEqual([[true, true], [true, true], [false, false]])
  })

  it('is open where two texts that take part repeat one another and nobody decided', async () => {
    await sendAlike()
    expect(await countOpenDuplicates(projectId)).toBe(0)
    const id = await search()
    expect(await countOpenDuplicates(projectId)).toBe(2)
    const [novels] = await groups(id, 'novel')
    await keepAll(projectId, novels?.id ?? 0)
    expect(await countOpenDuplicates(projectId)).toBe(1)
    // Of the chapter that is left to decide, only one still takes part.
    await db().novel.updateMany({ where: { projectId, title: { in: ['甲又', '乙'] } }, data: { taking: 'left_out' } })
    expect(await countOpenDuplicates(projectId)).toBe(0)
  })

  it('stands at the novels and chapters that are repeated, unless they are to stay', async () => {
    await sendAlike()
    const id = await search()
    const novels = await db().novel.findMany({ where: { projectId }, orderBy: { id: 'asc' }, include: { chapters: { orderBy: { ordinal: 'asc' } } } })
    expect([...(await duplicatesOfNovels(projectId)).values()]).toEqual([{ novel: true, chapters: 4 }, { novel: true, chapters: 4 }, { novel: false, chapters: 1 }])
    const second = novels[1]?.chapters[1]?.id ?? 0
    expect((await chaptersLike([second])).get(second)).toMatchObject([{ novel: '甲', heading: '第二章', exact: false }])
    expect((await chaptersLike([second])).get(second)?.[0]?.likeness).toBeLessThan(1)
    for (const level of ['novel', 'chapter'] as const) for (const group of await groups(id, level)) await keepAll(projectId, group.id)
    expect(await duplicatesOfNovels(projectId)).toEqual(new Map())
    expect(await chaptersLike([second])).toEqual(new Map())
  })
})

describe('a decision on duplicates', () => {
  it('leaves the others out and is taken back, whatever they were before', async () => {
    await sendAlike()
    const [group] = await groups(await search(), 'novel')
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
    await sendAlike()
    const [group] = await groups(await search(), 'novel')
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
      group = (await groups(await search(), 'chapter'))[0]?.id ?? 0
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
    await sendAlike()
    const id = await search()
    const outside = (await groups(id, 'chapter')).filter(({ within }) => !within)
    expect(await keepOneOfEach(projectId, id, 'chapter', 'longest')).toBe(outside.length)
    expect((await groups(id, 'chapter'))[0]?.members.filter((member) => member.endsWith('out'))).toHaveLength(2)
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
    await sendAlike()
    const [group] = await groups(await search(), 'novel')
    await keepAll(projectId, group?.id ?? 0)
    expect((await groups(await search({ likeness: 0.7 }), 'novel')).map(({ decision }) => decision)).toEqual(['all_kept'])
    const [now] = await groups((await duplicateStanding(projectId)).finished?.id ?? '', 'novel')
    const other = await makeProject()
    for (const act of [() => keepOne(other, now?.id ?? 0, 0), () => keepAll(other, now?.id ?? 0), () => undoDecision(other, now?.id ?? 0), () => keepOne(projectId, now?.id ?? 0, 9)]) {
      await expect(act()).rejects.toMatchObject({ code: 'run.missing', params: { what: 'duplicate group' } })
    }
    expect(await takings()).toEqual({ 甲: 'by_register', 甲又: 'by_register', 乙: 'by_register' })
  })

  it('goes with the upload of what it was about', async () => {
    await sendNovels(projectId, [{ name: '甲', text: modernProse(600) }, { name: '乙', text: modernProse(600) }])
    const id = await search()
    expect(await groups(id, 'novel')).toHaveLength(1)
    await db().novel.deleteMany({ where: { title: '乙' } })
    expect((await groups(id, 'novel')).map(({ members }) => members)).toEqual([['甲']])
  })
})
