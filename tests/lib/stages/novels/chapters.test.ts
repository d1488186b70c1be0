import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { chapterInPlaceOf, joinToPrevious, mergeChapters, renameChapter, splitChapter } from '@/lib/stages/novels/chapters'
import { chaptersTaking, decideChapter, listNovels } from '@/lib/stages/novels/novels'
import { listRevisions, undoRevision } from '@/lib/stages/novels/revisions'
import { codePoints } from '@/lib/text/counts'
import { chaptersOfNovel } from '@/tests/support/chapters-of-novel'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { sendNovels } from '@/tests/support/project-files'
import { useStudio } from '@/tests/support/studio'

useStudio()
const modern = { registers: ['modern' as const, 'early_vernacular' as const, 'classical' as const] }
const paragraph = (of: string) => `${of}的人走在路上，他是来看看的。`
let projectId: string
let novelId: number
let ids: number[]

beforeEach(async () => {
  projectId = await makeProject()
  await sendNovels(projectId, [{ name: '路', text: ['甲', '乙', '丙', '丁'].map((of, at) => `第${at + 1}章 ${of}\n${paragraph(of)}\n${paragraph(`${of}后`)}`).join('\n') }])
  novelId = (await db().novel.findFirstOrThrow({ where: { projectId } })).id
  ids = (await chapters()).map(({ id }) => id)
})

const chapters = () => chaptersOfNovel(novelId)
const headings = async () => (await chapters()).map(({ heading }) => heading.slice(-1))
const at = (index: number) => ids[index] ?? 0
const textOf = async (index: number) => (await db().chapter.findUniqueOrThrow({ where: { id: (await chapters())[index]?.id ?? 0 } })).text

/** The novel's ordinals run from 0 without a gap, its characters are those of its chapters, and what must hold holds. */
async function expectWhole(): Promise<void> {
  const all = await chapters()
  expect(all.map(({ ordinal }) => ordinal)).toEqual(all.map((_, index) => index))
  expect((await db().novel.findUniqueOrThrow({ where: { id: novelId } })).characters).toBe(all.reduce((sum, { characters }) => sum + characters, 0))
  await expectInvariants(process.env.DATABASE_URL ?? '')
}

describe('merging', () => {
  it('makes one chapter of two, under the first one’s heading, and is undone', async () => {
    const { id } = await mergeChapters(projectId, at(1), 'next')
    expect(await headings()).toEqual(['甲', '乙', '丁'])
    expect(await textOf(1)).toBe([paragraph('乙'), `${paragraph('乙后')}\n`, paragraph('丙'), paragraph('丙后')].join('\n'))
    await expectWhole()
    expect((await chaptersTaking(projectId, modern)).length).toBe(3)
    expect((await listNovels(projectId, modern))[0]?.chapters).toBe(3)
    await undoRevision(projectId, id)
    expect((await chapters()).map((chapter) => chapter.id)).toEqual(ids)
    await expectWhole()
  })

  it('reaches backwards too, but not beyond either end', async () => {
    await mergeChapters(projectId, at(1), 'previous')
    expect(await headings()).toEqual(['甲', '丙', '丁'])
    await expect(mergeChapters(projectId, at(3), 'next')).rejects.toMatchObject({ code: 'chapter.no-neighbour' })
    await expect(joinToPrevious(projectId, (await chapters())[0]?.id ?? 0)).rejects.toMatchObject({ code: 'chapter.no-neighbour' })
  })

  it('of what stands before the first heading takes the chapter’s own heading', async () => {
    await sendNovels(projectId, [{ name: '河', text: `作者的话。\n\n第一章 水\n${paragraph('甲')}\n第二章 岸\n${paragraph('乙')}` }])
    novelId = (await db().novel.findFirstOrThrow({ where: { projectId, title: '河' } })).id
    const [front] = await chapters()
    expect(front).toMatchObject({ heading: '卷首', taking: 'by_register' })
    await mergeChapters(projectId, front?.id ?? 0, 'next')
    expect((await chapters())[0]).toMatchObject({ heading: '第一章 水', headingEvidence: 'numbered', taking: 'by_register' })
  })

  it('keeps the word on the longer part', async () => {
    await decideChapter(projectId, at(0), { taking: 'left_out', register: 'classical' })
    await splitChapter(projectId, at(1), [...paragraph('乙')].length + 1, { line: false, words: '' })
    const [, short] = await chapters()
    await decideChapter(projectId, short?.id ?? 0, { taking: 'taken' })
    await mergeChapters(projectId, at(0), 'next')
    expect((await chapters())[0]).toMatchObject({ taking: 'left_out', registerByPerson: 'classical' })
  })
})

describe('not a heading', () => {
  it('puts the heading’s words back into the text of the chapter before', async () => {
    await joinToPrevious(projectId, at(2))
    expect(await headings()).toEqual(['甲', '乙', '丁'])
    expect(await textOf(1)).toContain(`${paragraph('乙后')}\n\n第3章 丙\n\n${paragraph('丙')}`)
    await expectWhole()
  })
})

describe('splitting', () => {
  const second = [...paragraph('乙')].length + 1

  it('begins a chapter at a paragraph, and both parts keep the words on the whole', async () => {
    await decideChapter(projectId, at(1), { role: 'validation', register: 'classical' })
    await splitChapter(projectId, at(1), second, { line: false, words: '新' })
    expect(await headings()).toEqual(['甲', '乙', '新', '丙', '丁'])
    expect([await textOf(1), await textOf(2)]).toEqual([paragraph('乙'), paragraph('乙后')])
    expect((await chapters()).slice(1, 3)).toMatchObject([{ role: 'validation', registerByPerson: 'classical' }, { role: 'validation', registerByPerson: 'classical' }])
    await expectWhole()
  })

  it('takes the paragraph’s line as the heading', async () => {
    await mergeChapters(projectId, at(0), 'next')
    await joinToPrevious(projectId, at(2))
    const [first] = await chapters()
    const text = await textOf(0)
    await splitChapter(projectId, first?.id ?? 0, codePoints(text.slice(0, text.indexOf('第3章'))), { line: true })
    expect((await chapters())[1]?.heading).toBe('第3章 丙')
    expect(await textOf(1)).toBe(`${paragraph('丙')}\n${paragraph('丙后')}`)
    await expectWhole()
  })

  it('splits what was split, over and over, in order', async () => {
    await mergeChapters(projectId, at(0), 'next')
    for (let time = 0; time < 3; time += 1) {
      const all = await chapters()
      const longest = all.reduce((one, other) => (other.characters > one.characters ? other : one))
      const { text } = await db().chapter.findUniqueOrThrow({ where: { id: longest.id } })
      await splitChapter(projectId, longest.id, codePoints(text.slice(0, text.lastIndexOf('\n') + 1)), { line: false, words: '' })
    }
    const texts = await Promise.all((await chapters()).map((_, index) => textOf(index)))
    expect(texts.join('').replace(/\n/g, '')).toBe(['甲', '乙', '丙', '丁'].map((of) => paragraph(of) + paragraph(`${of}后`)).join(''))
    await expectWhole()
  })

  it('refuses what is no paragraph’s beginning, or leaves a side empty', async () => {
    for (const place of [0, 3, 10_000]) await expect(splitChapter(projectId, at(1), place, { line: false, words: '' })).rejects.toMatchObject({ code: 'chapter.split-place' })
    await expect(splitChapter(projectId, at(1), second, { line: true })).rejects.toMatchObject({ code: 'chapter.split-place' })
    await expectWhole()
  })
})

describe('renaming', () => {
  it('gives another heading and can take it away', async () => {
    await renameChapter(projectId, at(0), ' 开 \n端 ')
    expect((await chapters())[0]).toMatchObject({ heading: '开 端', headingEvidence: 'person' })
    await renameChapter(projectId, (await chapters())[0]?.id ?? 0, '')
    expect((await chapters())[0]?.heading).toBe('')
    await expect(renameChapter(projectId, at(1), '长'.repeat(201))).rejects.toMatchObject({ code: 'chapter.heading-long' })
    await expectWhole()
  })
})

describe('the history', () => {
  it('undoes a change only while none stands on it, whatever happened elsewhere', async () => {
    const merged = await mergeChapters(projectId, at(0), 'next')
    const renamed = await renameChapter(projectId, (await chapters())[0]?.id ?? 0, '新')
    const elsewhere = await splitChapter(projectId, at(3), [...paragraph('丁')].length + 1, { line: false, words: '末' })
    await expect(undoRevision(projectId, merged.id)).rejects.toMatchObject({ code: 'revision.stands' })
    expect((await listRevisions(novelId)).map(({ kind, last }) => [kind, last])).toEqual([['split', true], ['renamed', true], ['merged', false]])
    await undoRevision(projectId, renamed.id)
    await undoRevision(projectId, merged.id)
    expect(await headings()).toEqual(['甲', '乙', '丙', '丁', '末'])
    await expect(undoRevision(projectId, merged.id)).rejects.toMatchObject({ code: 'revision.undone' })
    await expectWhole()
    await undoRevision(projectId, elsewhere.id)
    expect((await chapters()).map((chapter) => chapter.id)).toEqual(ids)
  })

  it('keeps the replaced chapters’ rows, and leads from one to what stands there now', async () => {
    await mergeChapters(projectId, at(1), 'next')
    expect(await db().chapter.count({ where: { novelId, active: false } })).toBe(2)
    const [, merged] = await chapters()
    for (const old of [1, 2]) expect(await chapterInPlaceOf(projectId, at(old))).toEqual({ id: merged?.id })
    await expect(renameChapter(projectId, at(1), '迟')).rejects.toMatchObject({ code: 'chapter.changed' })
  })

  it('lets one of two changes at the same moment win', async () => {
    const outcomes = await Promise.allSettled([mergeChapters(projectId, at(1), 'next'), joinToPrevious(projectId, at(2))])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await headings()).toEqual(['甲', '乙', '丁'])
    await expectWhole()
  })

  it('is nobody else’s to write', async () => {
    const other = await makeProject()
    await expect(renameChapter(other, at(0), '别')).rejects.toMatchObject({ code: 'run.missing' })
    const { id } = await renameChapter(projectId, at(0), '好')
    await expect(undoRevision(other, id)).rejects.toMatchObject({ code: 'run.missing' })
  })
})
