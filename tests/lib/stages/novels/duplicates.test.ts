import { beforeEach, describe, expect, it } from 'vitest'
import { brokenInvariants } from '@/bin/doctor/invariants.mjs'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { claimNext } from '@/lib/queue/lease'
import { usualDuplicateSettings } from '@/lib/settings/duplicates'
import { chaptersLike } from '@/lib/stages/novels/chapters-like'
import { containedNovels } from '@/lib/stages/novels/contained-novels'
import { keepAll, keepOne } from '@/lib/stages/novels/duplicate-decisions'
import { chaptersOfDuplicates, countDuplicateGroups, countOpenDuplicates, duplicatesOfNovels, listDuplicateGroups, textsOfMembers } from '@/lib/stages/novels/duplicate-groups'
import { duplicateStanding, startDuplicateSearch } from '@/lib/stages/novels/duplicates'
import { prose, blurred, sendAlike, searchDuplicates, groupsOf } from '@/tests/support/alike-novels'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { sendNovels } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
})

const search = (settings?: typeof usualDuplicateSettings) => searchDuplicates(projectId, settings)

describe('a search for duplicates', () => {
  it('groups novels, chapters and passages, and says which groups lie within others', async () => {
    await sendAlike(projectId)
    await startSet(projectId)
    await runNextWell()
    const id = await search()
    const novels = await groupsOf(id, 'novel')
    expect(novels.map(({ members, within }) => ({ members, within }))).toEqual([{ members: ['甲', '甲又'], within: false }])
    expect(novels[0]?.likeness[1]).toBeGreaterThan(0.9)
    expect(novels[0]?.likeness[1]).toBeLessThan(1)
    const chapters = await groupsOf(id, 'chapter')
    expect(chapters.map(({ members, within }) => ({ members, within }))).toEqual([
      { members: ['甲 第一章', '甲又 第一章', '乙 第二章'], within: false },
      { members: ['甲 第二章', '甲又 第二章'], within: true },
      { members: ['甲 第三章', '甲又 第三章'], within: true },
      { members: ['甲 第四章', '甲又 第四章'], within: true },
    ])
    const passages = await groupsOf(id, 'passage')
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
    await sendAlike(projectId)
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
    await sendAlike(projectId)
    const { id, jobId } = await startDuplicateSearch(projectId, usualDuplicateSettings)
    await db().job.update({ where: { id: jobId }, data: { stopRequest: 'cancel' } })
    expect(await runNext()).toMatchObject({ state: 'cancelled' })
    await db().duplicateSearch.update({ where: { id }, data: { novels: 3 } })
    expect((await startDuplicateSearch(projectId, usualDuplicateSettings)).id).toBe(id)
    await runNextWell()
    // The level that was finished before is not compared again: it had no groups.
    expect(await groupsOf(id, 'novel')).toEqual([])
    expect(await groupsOf(id, 'chapter')).toHaveLength(4)
  })

  it('writes nothing once another attempt has taken over', async () => {
    await sendAlike(projectId)
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
    for (const group of await groupsOf(id, 'chapter')) await keepAll(projectId, group.id)
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
    await sendAlike(projectId)
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
    await sendAlike(projectId)
    expect(await countOpenDuplicates(projectId)).toBe(0)
    const id = await search()
    expect(await countOpenDuplicates(projectId)).toBe(2)
    const [novels] = await groupsOf(id, 'novel')
    await keepAll(projectId, novels?.id ?? 0)
    expect(await countOpenDuplicates(projectId)).toBe(1)
    // Of the chapter that is left to decide, only one still takes part.
    await db().novel.updateMany({ where: { projectId, title: { in: ['甲又', '乙'] } }, data: { taking: 'left_out' } })
    expect(await countOpenDuplicates(projectId)).toBe(0)
  })

  it('stands at the novels and chapters that are repeated, unless they are to stay', async () => {
    await sendAlike(projectId)
    const id = await search()
    const novels = await db().novel.findMany({ where: { projectId }, orderBy: { id: 'asc' }, include: { chapters: { orderBy: { ordinal: 'asc' } } } })
    expect([...(await duplicatesOfNovels(projectId)).values()]).toEqual([{ novel: true, chapters: 4 }, { novel: true, chapters: 4 }, { novel: false, chapters: 1 }])
    const second = novels[1]?.chapters[1]?.id ?? 0
    expect((await chaptersLike([second])).get(second)).toMatchObject([{ novel: '甲', heading: '第二章', exact: false }])
    expect((await chaptersLike([second])).get(second)?.[0]?.likeness).toBeLessThan(1)
    for (const level of ['novel', 'chapter'] as const) for (const group of await groupsOf(id, level)) await keepAll(projectId, group.id)
    expect(await duplicatesOfNovels(projectId)).toEqual(new Map())
    expect(await chaptersLike([second])).toEqual(new Map())
  })
})
