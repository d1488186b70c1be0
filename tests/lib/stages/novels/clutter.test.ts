import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { renameChapter } from '@/lib/stages/novels/chapters'
import { cleanPlace, clutterByNovel, clutterPlaces, keepPlace } from '@/lib/stages/novels/clutter'
import { countStaleChapters } from '@/lib/stages/novels/measure-chapters'
import { listRevisionRuns, startRevisionRun, undoRevisionRun } from '@/lib/stages/novels/revision-runs'
import { listRevisions, undoRevision } from '@/lib/stages/novels/revisions'
import { chaptersOfNovel } from '@/tests/support/chapters-of-novel'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { modernProse, sendNovels } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
let dirty: number
let traditional: number

beforeAll(async () => {
  projectId = await makeProject()
  await sendNovels(projectId, [
    { name: '路', text: `第一章 出门\n${modernProse(160)}\n求月票！\n${modernProse(80, 2)}\n第二章 回来\n${modernProse(160, 3)}（未完待续）\n第三章 请假\n天才一秒记住本站地址` },
    { name: '國', text: `第一章 門\n這裡是國家的門，他們說話。\n${modernProse(160)}` },
  ])
  const [road, country] = await db().novel.findMany({ where: { projectId }, orderBy: { id: 'asc' } })
  ;[dirty, traditional] = [road?.id ?? 0, country?.id ?? 0]
})

const texts = async (novelId: number) => (await db().chapter.findMany({ where: { novelId, active: true }, orderBy: { ordinal: 'asc' } })).map(({ text }) => text)
const whole = () => expectInvariants(process.env.DATABASE_URL ?? '')

describe('clutter of the library', () => {
  it('is counted as novels are read, kind by kind, with every place in its words', async () => {
    expect(await clutterByNovel(projectId)).toEqual(new Map([[dirty, { plea: 1, notice: 1, advert: 1 }]]))
    const { total, places } = await clutterPlaces(dirty, 'plea', { take: 10, skip: 0 })
    expect(total).toBe(1)
    expect(places[0]).toMatchObject({ words: '求月票！', kept: false, ordinal: 0 })
    const [first] = await texts(dirty)
    expect([...(first ?? '')].slice(places[0]?.at).join('')).toMatch(/^求月票！/)
    expect(await countStaleChapters(projectId)).toBe(0)
  })

  it('is removed by kind, a chapter of nothing else altogether, and is back when that is undone', async () => {
    const before = await texts(dirty)
    const run = await startRevisionRun(projectId, { kind: 'clean', kinds: ['plea', 'advert'], novelIds: null })
    await runNextWell()
    const after = await texts(dirty)
    expect(after).toHaveLength(2)
    expect(after.join()).not.toContain('求月票')
    expect(after.join()).toContain('未完待续')
    expect((await chaptersOfNovel(dirty)).map(({ ordinal }) => ordinal)).toEqual([0, 1])
    expect((await listRevisions(dirty))[0]).toMatchObject({ kind: 'cleaned', what: { chapters: 2, places: { plea: 1, advert: 1 } } })
    expect((await listRevisionRuns(projectId))[0]).toMatchObject({ id: run.id, novels: 1, undone: 0 })
    await whole()
    expect(await undoRevisionRun(projectId, run.id)).toEqual({ undone: 1, stood: 0 })
    expect(await texts(dirty)).toEqual(before)
    await whole()
  })

  it('leaves what a person keeps, and says so when nothing is left to remove', async () => {
    const { places } = await clutterPlaces(dirty, 'notice', { take: 10, skip: 0 })
    const place = places[0]
    if (!place) throw new Error('no notice')
    await keepPlace(projectId, place.chapterId, place.start, place.end, true)
    expect((await clutterPlaces(dirty, 'notice', { take: 10, skip: 0 })).places[0]?.kept).toBe(true)
    await startRevisionRun(projectId, { kind: 'clean', kinds: ['notice'], novelIds: [dirty] })
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'clutter.none' })
    await keepPlace(projectId, place.chapterId, place.start, place.end, false)
    const { id } = await cleanPlace(projectId, place.chapterId, place.start, place.end)
    expect((await texts(dirty)).join()).not.toContain('未完待续')
    await expect(cleanPlace(projectId, place.chapterId, place.start, place.end)).rejects.toMatchObject({ code: 'clutter.gone' })
    await undoRevision(projectId, id)
  })

  it('does not empty a chapter by its one place', async () => {
    const { places } = await clutterPlaces(dirty, 'advert', { take: 1, skip: 0 })
    await expect(cleanPlace(projectId, places[0]?.chapterId ?? 0, places[0]?.start ?? 0, places[0]?.end ?? 0)).rejects.toMatchObject({ code: 'clutter.whole-chapter' })
  })
})

describe('simplifying', () => {
  it('writes traditional characters as simplified ones, headings too, and is undone', async () => {
    const before = await texts(traditional)
    const run = await startRevisionRun(projectId, { kind: 'simplify', novelIds: [traditional] })
    await runNextWell()
    expect((await texts(traditional))[0]).toContain('这里是国家的门，他们说话。')
    expect((await chaptersOfNovel(traditional))[0]).toMatchObject({ heading: '第一章 门', traditional: 0 })
    await undoRevisionRun(projectId, run.id)
    expect(await texts(traditional)).toEqual(before)
    await whole()
  })

  it('undoes a run only in the novels where nothing stands on it', async () => {
    const run = await startRevisionRun(projectId, { kind: 'simplify', novelIds: [traditional] })
    await runNextWell()
    const later = await startRevisionRun(projectId, { kind: 'simplify', novelIds: [traditional] })
    expect(later.id).not.toBe(run.id)
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'simplify.none' })
    await renameChapter(projectId, (await chaptersOfNovel(traditional))[0]?.id ?? 0, '门')
    expect(await undoRevisionRun(projectId, run.id)).toEqual({ undone: 0, stood: 1 })
  })
})

describe('chapters that older rules measured', () => {
  it('are measured anew, and keep a person’s words', async () => {
    await db().chapter.updateMany({ where: { novelId: dirty }, data: { clutter: {}, clutterRules: 0, registerRules: 0, measuredRegister: 'classical', taking: 'taken' } })
    expect(await countStaleChapters(projectId)).toBe(3)
    await startRevisionRun(projectId, { kind: 'measure', novelIds: null })
    await runNextWell()
    expect(await countStaleChapters(projectId)).toBe(0)
    expect(await chaptersOfNovel(dirty)).toMatchObject([{ measuredRegister: 'modern', taking: 'taken' }, { taking: 'taken' }, { clutter: { advert: 1 } }])
  })
})
