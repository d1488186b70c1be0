import { encode } from 'iconv-lite'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { mergeChapters, renameChapter, splitChapter } from '@/lib/stages/novels/chapters'
import { cleanPlace, clutterPlaces, keepPlace } from '@/lib/stages/novels/clutter'
import { decide, undoDecision } from '@/lib/stages/novels/decisions'
import { decideChapter, decideNovel } from '@/lib/stages/novels/novels'
import { waitingWords } from '@/lib/stages/uploads/remembered-words'
import { readAgain } from '@/lib/stages/uploads/reading'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { modernProse, send } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { useStudio } from '@/tests/support/studio'
import { zipArchive } from '@/tests/support/zip-archive'

useStudio()
let projectId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
})

const chapter = (heading: string, seed: number) => `${heading}\n\n${modernProse(300, seed)}\n`
const book = `${chapter('第一章 路', 1)}求月票求收藏\n${chapter('第二章 桥', 2)}${chapter('第三章 河', 3)}${chapter('第四章 海', 4)}`
const novels = () => db().novel.findMany({ where: { projectId }, orderBy: { ordinal: 'asc' } })
const active = (novelId: number) => db().chapter.findMany({ where: { novelId, active: true }, orderBy: { ordinal: 'asc' } })
const said = async (novelId: number) => (await active(novelId)).map(({ heading, taking, role, registerByPerson, text }) => ({ heading, taking, role, registerByPerson, text }))
const waiting = async (uploadId: string) => waitingWords.parse((await db().upload.findUniqueOrThrow({ where: { id: uploadId } })).waitingWords)

async function only(): Promise<number> {
  const [novel, ...others] = await novels()
  if (!novel || others.length > 0) throw new Error(`${others.length + 1} novels`)
  return novel.id
}

async function chapterNamed(novelId: number, heading: string): Promise<number> {
  return (await db().chapter.findFirstOrThrow({ where: { novelId, active: true, heading } })).id
}

/** Every kind of word that a person can say of a novel. */
async function sayEverything(novelId: number): Promise<void> {
  await decideNovel(projectId, novelId, { role: 'validation' })
  const [plea] = (await clutterPlaces(novelId, 'plea', { take: 1, skip: 0 })).places
  if (plea) await cleanPlace(projectId, plea.chapterId, plea.start, plea.end)
  await mergeChapters(projectId, await chapterNamed(novelId, '第二章 桥'), 'next')
  const last = await db().chapter.findFirstOrThrow({ where: { novelId, active: true, heading: '第四章 海' } })
  await splitChapter(projectId, last.id, last.text.indexOf('\n') + 1, { line: false, words: '尾声' })
  await renameChapter(projectId, await chapterNamed(novelId, '第一章 路'), '开端')
  await decideChapter(projectId, await chapterNamed(novelId, '尾声'), { taking: 'left_out' })
  await decideChapter(projectId, await chapterNamed(novelId, '第二章 桥'), { register: 'classical', role: 'training' })
}

describe('what a person has said of an upload that is read again', () => {
  it('stays whole, rows and all, on every novel that reads the same', async () => {
    const upload = await send(projectId, 'novels', zipArchive([{ name: '甲.txt', data: book }, { name: '乙.txt', data: encode(book, 'gb18030') }]), 'a.zip')
    await runNextWell()
    const [first, second] = await novels()
    await sayEverything(first?.id ?? 0)
    await decideNovel(projectId, second?.id ?? 0, { taking: 'left_out' })
    const [decided, before] = [(await novels())[0], await said(first?.id ?? 0)]
    await readAgain(upload.id, 'big5', 1)
    expect((await runNextWell()).result).toMatchObject({ accepted: 2, carried: 2 })
    const [same, other] = await novels()
    expect(same).toEqual(decided)
    expect(await said(same?.id ?? 0)).toEqual(before)
    expect(other).toMatchObject({ ordinal: 1, title: '乙', taking: 'left_out' })
    expect(other?.sha256).not.toBe(second?.sha256)
    expect(await waiting(upload.id)).toEqual([])
    await expectInvariants(env().databaseUrl)
  })

  it('waits while nothing of it fits, through a refusal too, and is there again when the file reads as it did', async () => {
    const upload = await send(projectId, 'novels', encode(book, 'gb18030'), '路.txt')
    await runNextWell()
    await sayEverything(await only())
    const before = await said(await only())
    await readAgain(upload.id, 'big5', 0)
    await runNextWell()
    const garbled = await only()
    expect(await db().novel.findUniqueOrThrow({ where: { id: garbled } })).toMatchObject({ role: 'validation' })
    expect(await active(garbled)).toHaveLength(1)
    const [left] = await waiting(upload.id)
    expect(left).toMatchObject({ word: null, chapters: [{ heading: '第二章 桥' }, { heading: '尾声' }] })
    expect(left?.changes.map(({ kind }) => kind)).toEqual(['cleaned', 'merged', 'split', 'renamed'])
    await readAgain(upload.id, 'utf-8', 0)
    await runNext()
    await readAgain(upload.id, null, 0)
    await runNextWell()
    expect(await said(await only())).toEqual(before)
    expect(await db().novel.findFirstOrThrow({ where: { projectId } })).toMatchObject({ role: 'validation' })
    expect(await waiting(upload.id)).toEqual([])
    await expectInvariants(env().databaseUrl)
  })

  it('is of the chapters with the same heading, where there are others than before, and what fits nowhere is told', async () => {
    const upload = await send(projectId, 'novels', book, '路.txt')
    await runNextWell()
    const id = await only()
    await decideChapter(projectId, await chapterNamed(id, '第三章 河'), { register: 'classical' })
    // As though the first chapter had not been found in the earlier reading.
    await readAgain(upload.id, 'utf-8', 0)
    const row = await db().upload.findUniqueOrThrow({ where: { id: upload.id } })
    const [words] = waitingWords.parse(row.waitingWords)
    if (!words) throw new Error('Nothing was remembered')
    const shifted = { ...words, novelId: 0, headings: words.headings.slice(1), chapters: [...words.chapters.map((each) => ({ ...each, place: 1 })), { ...words.chapters[0], place: 7, heading: '第九章' }] }
    await db().upload.update({ where: { id: upload.id }, data: { waitingWords: [shifted] } })
    await db().novel.deleteMany({ where: { projectId } })
    await runNextWell()
    expect((await said(await only())).map(({ registerByPerson }) => registerByPerson)).toEqual([null, null, 'classical', null])
    expect(await waiting(upload.id)).toMatchObject([{ chapters: [{ heading: '第九章' }] }])
  })

  it('is still undone by the decision over many that said it', async () => {
    const upload = await send(projectId, 'novels', encode(book, 'gb18030'), '路.txt')
    await runNextWell()
    const whole = await decide(projectId, { novelIds: [await only()] }, { kind: 'taking', taking: 'left_out' }, { registers: ['modern'] })
    await readAgain(upload.id, 'big5', 0)
    await runNextWell()
    expect(await db().novel.findFirstOrThrow({ where: { projectId } })).toMatchObject({ taking: 'left_out' })
    await undoDecision(projectId, whole.id)
    expect(await db().novel.findFirstOrThrow({ where: { projectId } })).toMatchObject({ taking: 'by_register' })
  })

  it('keeps words that are no clutter where they still are', async () => {
    const upload = await send(projectId, 'novels', encode(book, 'gb18030'), '路.txt')
    await runNextWell()
    const [plea] = (await clutterPlaces(await only(), 'plea', { take: 1, skip: 0 })).places
    if (!plea) throw new Error('No plea was found')
    await keepPlace(projectId, plea.chapterId, plea.start, plea.end, true)
    for (const encoding of ['big5', null] as const) {
      await readAgain(upload.id, encoding, 0)
      await runNextWell()
    }
    expect((await clutterPlaces(await only(), 'plea', { take: 1, skip: 0 })).places).toMatchObject([{ kept: true }])
  })
})
