import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { decideChapter, decideNovel } from '@/lib/stages/novels/novels'
import { endsTally, lengthTally, listPassageSets, startPassages } from '@/lib/stages/passages/passages'
import { deletePassageSet, dependentsOfSets, renamePassageSet } from '@/lib/stages/passages/set-upkeep'
import { usesOfUploads } from '@/lib/stages/uploads/uses'
import { deleteUpload } from '@/lib/stages/uploads/uploads'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { passagesOfSet } from '@/tests/support/passages-of-set'
import { classicalProse, modernProse, sampleNovels, sendNovels } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { passageSettings, startPremiseRun, startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
})

async function cut(changes: Parameters<typeof startSet>[1] = {}) {
  const set = await startSet(projectId, changes)
  await runNextWell()
  return db().passageSet.findUniqueOrThrow({ where: { id: set.id } })
}

describe('a passage set', () => {
  it('of the samples and of astral characters is every chapter, cut and nothing else', async () => {
    await sendNovels(projectId, [...sampleNovels, { name: '星', text: '他看见了𠀀𠀁😀的星。'.repeat(60) }])
    const set = await cut()
    expect(set).toMatchObject({ ordinal: 1, found: set.kept })
    const chapters = await db().$queryRaw<{ text: string; joined: string; characters: number; reach: number; gaps: number }[]>`
      SELECT c.text, c.characters, max(p.end_at)::int AS reach, string_agg(substring(c.text FROM p.start_at + 1 FOR p.end_at - p.start_at), '' ORDER BY p.start_at) AS joined,
        count(*) FILTER (WHERE p.start_at <> coalesce(p.before, 0))::int AS gaps
      FROM chapter c JOIN (SELECT *, lag(end_at) OVER (PARTITION BY chapter_id ORDER BY start_at) AS before FROM passage WHERE passage_set_id = ${set.id}::uuid) p ON p.chapter_id = c.id
      JOIN novel n ON n.id = c.novel_id WHERE n.project_id = ${projectId}::uuid GROUP BY c.id`
    expect(chapters.length).toBe(await db().chapter.count({ where: { novel: { projectId } } }))
    for (const { text, joined, characters, reach, gaps } of chapters) {
      expect(joined).toBe(text)
      expect([reach, gaps]).toEqual([characters, 0])
    }
    const passages = await passagesOfSet(set.id)
    expect(passages.map(({ ordinal }) => ordinal)).toEqual(passages.map((_, index) => index))
    for (const { text, characters } of passages) expect([...text].length).toBe(characters)
    expect(Math.max(...passages.map(({ characters }) => characters))).toBeLessThanOrEqual(150)
    expect(passages.reduce((sum, { characters }) => sum + characters, 0)).toBe(set.characters)
    expect((await lengthTally(set.id)).reduce((sum, { length, count }) => sum + length * count, 0)).toBe(set.characters)
    await expectInvariants(env().databaseUrl)
  })

  it('over the limit is a draw over all chapters that its seed repeats', async () => {
    await sendNovels(projectId, Array.from({ length: 6 }, (_, index) => ({ name: `书${index}`, text: modernProse(800, index) })))
    const all = await cut()
    const drawn = await cut({ limit: 12 })
    expect(drawn).toMatchObject({ found: all.found, kept: 12 })
    const places = async (id: string) => (await db().passage.findMany({ where: { passageSetId: id }, orderBy: { ordinal: 'asc' } })).map(({ chapterId, start }) => `${chapterId}:${start}`)
    const first = await places(drawn.id)
    const whole = await places(all.id)
    expect(first).toEqual(whole.filter((place) => first.includes(place)))
    expect(new Set(first.map((place) => place.split(':')[0])).size).toBeGreaterThan(3)
    expect(await places((await cut({ limit: 12, seed: 2 })).id)).not.toEqual(first)
    await db().job.deleteMany({ where: { projectId, name: 'cut-passages' } })
    expect(await places((await cut({ limit: 12 })).id)).toEqual(first)
  })

  it('says of every passage how it ends and where in its chapter it lies', async () => {
    const line = `${'他的家是在那条长长的老街的尽头了。'.repeat(6)}\n`
    await sendNovels(projectId, [{ name: '路', text: `第一章 雪\n${line}＊＊＊\n${line}${line}第二章 船\n${line}` }])
    const set = await cut({ strategy: 'scene' })
    const passages = await passagesOfSet(set.id)
    expect(passages.map(({ place, endsAt }) => [place, endsAt])).toEqual([['opening', 'scene'], ['middle', 'paragraph'], ['ending', 'chapter'], ['whole', 'chapter']])
    expect(set).toMatchObject({ openings: 2, endings: 2, midScene: 1 })
    expect(await endsTally(set.id)).toEqual([{ endsAt: 'chapter', count: 2 }, { endsAt: 'paragraph', count: 1 }, { endsAt: 'scene', count: 1 }])
    const whole = await cut({ strategy: 'chapter', chapterMaximum: 400 })
    expect((await passagesOfSet(whole.id)).map(({ place }) => place)).toEqual(['whole', 'whole'])
    await expectInvariants(env().databaseUrl)
  })

  it('draws as many ends of chapters as it is asked for, and no more than there are', async () => {
    const line = `${'他的家是在那条长长的老街的尽头了。'.repeat(6)}\n`
    await sendNovels(projectId, [{ name: '路', text: ['一', '二', '三', '四'].map((number) => `第${number}章 路\n${line.repeat(12)}`).join('') }])
    expect(await cut()).toMatchObject({ endings: 4 })
    expect(await cut({ limit: 8, endings: 0.25 })).toMatchObject({ kept: 8, endings: expect.toSatisfy((count: number) => count >= 2) })
    expect(await cut({ limit: 8, endings: 0.5 })).toMatchObject({ kept: 8, endings: 4 })
    expect(await cut({ limit: 8, endings: 1 })).toMatchObject({ kept: 8, endings: 4 })
    expect(await cut({ limit: 2, endings: 1 })).toMatchObject({ kept: 2, endings: 2 })
  })

  it('has a name that no other has, and that may change', async () => {
    await sendNovels(projectId, [{ name: '路', text: modernProse(600) }])
    const named = await startPassages(projectId, { novels: { registers: ['modern'] }, passages: passageSettings }, '八百字')
    expect(named.name).toBe('八百字')
    await runNextWell()
    await expect(startPassages(projectId, { novels: { registers: ['modern'] }, passages: { ...passageSettings, seed: 2 } }, '八百字')).rejects.toMatchObject({ code: 'passages.name-taken' })
    const other = await cut({ target: 120 })
    await expect(renamePassageSet(projectId, other.id, '八百字')).rejects.toMatchObject({ code: 'passages.name-taken' })
    await renamePassageSet(projectId, named.id, '八百字')
    await renamePassageSet(projectId, named.id, null)
    await renamePassageSet(projectId, other.id, '八百字')
    expect((await listPassageSets(projectId)).map(({ name }) => name)).toEqual(['八百字', null])
    await expect(renamePassageSet(await makeProject(), other.id, '别家')).rejects.toMatchObject({ code: 'run.missing' })
  })

  it('is deleted with its passages, but neither while it is cut nor once premises were made from it', async () => {
    await sendNovels(projectId, [{ name: '路', text: modernProse(600) }])
    const set = await startSet(projectId)
    await expect(deletePassageSet(projectId, set.id)).rejects.toMatchObject({ code: 'passages.not-cut' })
    await runNextWell()
    const run = await startPremiseRun(projectId, set.id, 'http://127.0.0.1:1/v1')
    expect((await dependentsOfSets(projectId)).get(set.id)).toEqual({ premiseRuns: 1, trials: 0, duplicateSearches: 0 })
    await expect(deletePassageSet(projectId, set.id)).rejects.toMatchObject({ code: 'passages.in-use', params: { runs: 1 } })
    await db().job.delete({ where: { id: run.jobId } })
    await expect(deletePassageSet(await makeProject(), set.id)).rejects.toMatchObject({ code: 'run.missing' })
    await deletePassageSet(projectId, set.id)
    expect(await db().passage.count({ where: { passageSetId: set.id } })).toBe(0)
    expect(await db().job.count({ where: { id: set.jobId } })).toBe(0)
    const again = await cut()
    expect(again.id).not.toBe(set.id)
  })

  it('is found again by a second click, and another one after another decision', async () => {
    await sendNovels(projectId, [{ name: '路', text: modernProse(600) }, { name: '史', text: classicalProse }])
    const clicks = await Promise.all([startSet(projectId), startSet(projectId), startSet(projectId)])
    expect(new Set(clicks.map(({ id }) => id)).size).toBe(1)
    await runNextWell()
    expect((await startSet(projectId)).id).toBe(clicks[0].id)
    const [, history] = await db().novel.findMany({ where: { projectId }, orderBy: { id: 'asc' } })
    await decideNovel(projectId, history?.id ?? 0, { taking: 'taken' })
    const second = await cut()
    expect(second).toMatchObject({ ordinal: 2 })
    expect(second.found).toBeGreaterThan((await db().passageSet.findUniqueOrThrow({ where: { id: clicks[0].id } })).found)
    expect((await listPassageSets(projectId)).map(({ ordinal }) => ordinal)).toEqual([2, 1])
  })

  it('of no chapter says what is missing, and goes on once a chapter takes part', async () => {
    await sendNovels(projectId, [{ name: '史', text: classicalProse }])
    const set = await startSet(projectId)
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'passages.none' })
    const chapter = await db().chapter.findFirstOrThrow({ where: { novel: { projectId } } })
    await decideChapter(projectId, chapter.id, { register: 'modern' })
    expect((await startSet(projectId)).id).not.toBe(set.id)
    await runNextWell()
  })

  it('holds on to what it was cut from', async () => {
    const upload = await sendNovels(projectId, [{ name: '路', text: modernProse(300) }])
    const set = await cut()
    expect((await usesOfUploads(upload.projectId)).get(upload.id)).toEqual({ passageSets: [1], storyRuns: [] })
    await expect(deleteUpload(upload.id)).rejects.toMatchObject({ code: 'upload.used-by-passages', params: { file: 'train.json', sets: '1' } })
    expect(await db().passage.count({ where: { passageSetId: set.id } })).toBe(set.kept)
  })
})
