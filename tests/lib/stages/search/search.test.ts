import { beforeEach, describe, expect, it } from 'vitest'
import { SearchUpkeep } from '@/gpu-worker/search-upkeep'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { searchLibrary, type SearchFilter } from '@/lib/stages/search/search'
import { countUnindexed, indexChapters } from '@/lib/stages/search/search-index'
import { readQuery } from '@/lib/text/search-query'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject } from '@/tests/support/jobs'
import { classicalProse, modernProse, sampleNovels, sendNovels } from '@/tests/support/project-files'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
beforeEach(async () => {
  await db().job.deleteMany()
  await db().project.deleteMany()
  projectId = await makeProject()
})

async function index() {
  return indexChapters(new AbortController().signal)
}

async function search(text: string, filter: SearchFilter = {}, page = { take: 50, skip: 0 }) {
  const query = readQuery(text)
  if (!query) throw new Error('Nothing to look for')
  return searchLibrary(projectId, query, filter, page)
}

/** Chapters and counts of a query, as the texts themselves say. */
async function counted(term: string) {
  const chapters = await db().chapter.findMany({ where: { novel: { projectId }, active: true }, orderBy: [{ novelId: 'asc' }, { ordinal: 'asc' }] })
  return chapters.flatMap(({ id, text }) => (text.includes(term) ? [[id, text.split(term).length - 1]] : []))
}

describe('the search', () => {
  it.each(['人', '自己', '不知道', '大约半夜', '，他', '他也', '阿Ｑ', '没有这样的话'])('finds %s wherever it is and nowhere else', async (term) => {
    await sendNovels(projectId, sampleNovels)
    expect(await index()).toBe(await db().chapter.count())
    const { hits, chapters, isWhole } = await search(`“${term}”`)
    const expected = await counted(term)
    expect(hits.map(({ chapterId, count }) => [chapterId, count])).toEqual(expected)
    expect([chapters, isWhole]).toEqual([expected.length, true])
    for (const { chapterId, contexts } of hits) {
      const { text } = await db().chapter.findUniqueOrThrow({ where: { id: chapterId } })
      expect(contexts.length).toBeGreaterThan(0)
      for (const { at, length, pieces } of contexts) {
        expect([...text].slice(at, at + length).join('')).toBe(term)
        expect(pieces.find(({ isHit }) => isHit)?.text).toBe(term)
      }
    }
    await expectInvariants(env().databaseUrl)
  })

  it('finds what crosses a block, stands far behind, or after characters of two units, at its very place', async () => {
    const text = `${'𠀀'.repeat(50)}${'他走了很远的路。'.repeat(249)}看见山那边有灯${'他走了很远的路。'.repeat(600)}终点`
    await sendNovels(projectId, [{ name: '路', text }])
    await index()
    const [hit] = (await search('看见山那边有灯')).hits
    expect(hit?.contexts).toMatchObject([{ at: 50 + 249 * 8, length: 7 }])
    expect((await search('终点')).hits[0]?.contexts[0]?.at).toBe([...text].length - 2)
    expect((await search('很远')).hits[0]?.count).toBe(849)
  })

  it('takes traditional and simplified, capitals and full width for the same, and shows what is written', async () => {
    await sendNovels(projectId, [{ name: '繁', text: `他後來聽見ＡＢＣ的聲音了。${modernProse(200)}` }])
    await index()
    for (const text of ['后来听见', '後來聽見', 'abc的声音', 'ＡＢＣ']) {
      const [context] = (await search(text)).hits[0]?.contexts ?? []
      expect(context?.pieces.map((piece) => piece.text).join('')).toContain('他後來聽見ＡＢＣ的聲音了。')
    }
  })

  it('wants all terms near each other', async () => {
    await sendNovels(projectId, [{ name: '近', text: `江边有船。${modernProse(200)}船上有灯。` }, { name: '远', text: `江边有船。${modernProse(6000)}山上有灯。` }])
    await index()
    expect((await search('船 灯')).hits.map(({ novel }) => novel)).toEqual(['近'])
    expect((await search('船')).chapters).toBe(2)
  })

  it('goes by novel, by the register that counts, and a page at a time', async () => {
    await sendNovels(projectId, [
      ...[0, 1, 2].map((at) => ({ name: `书${at}`, text: [1, 2].map((chapter) => `第${'一二'[chapter - 1]}章\n灯。${modernProse(300, at * 2 + chapter)}`).join('\n') })),
      { name: '史', text: `灯。${classicalProse}` },
    ])
    await index()
    const all = await search('灯')
    expect(all.novels.map(({ title, chapters }) => [title, chapters])).toEqual([['书0', 2], ['书1', 2], ['书2', 2], ['史', 1]])
    expect((await search('灯', { novelId: all.novels[1]?.id })).hits.map(({ novel }) => novel)).toEqual(['书1', '书1'])
    expect((await search('灯', { register: 'classical' })).novels.map(({ title }) => title)).toEqual(['史'])
    const pages = await Promise.all([0, 3, 6].map((skip) => search('灯', {}, { take: 3, skip })))
    expect(pages.flatMap(({ hits }) => hits)).toEqual(all.hits)
    expect(pages.map(({ hits }) => hits.length)).toEqual([3, 3, 1])
    await db().chapter.updateMany({ where: { novel: { title: '史' } }, data: { registerByPerson: 'modern' } })
    expect((await search('灯', { register: 'classical' })).chapters).toBe(0)
  })

  it('is of one project alone', async () => {
    const other = await makeProject()
    await sendNovels(other, [{ name: '别', text: `秘密的灯。${modernProse(200)}` }])
    await index()
    expect((await search('秘密')).chapters).toBe(0)
  })

  it('takes what looks like SQL or a pattern for what it is', async () => {
    await sendNovels(projectId, [{ name: '式', text: `他写下100%_和'); DROP TABLE chapter;--。${modernProse(200)}` }])
    await index()
    expect((await search('"100%_"')).hits[0]?.contexts[0]?.pieces.find(({ isHit }) => isHit)?.text).toBe('100%_')
    expect((await search(`"'); DROP TABLE chapter;--"`)).chapters).toBe(1)
    expect((await search('"100__"')).chapters).toBe(0)
  })
})

describe('the search index', () => {
  it('is made a batch at a time, goes on where it was stopped, and finds nothing left to do', async () => {
    await sendNovels(projectId, [1, 2, 3].map((at) => ({ name: `书${at}`, text: modernProse(250_000, at) })))
    const aborter = new AbortController()
    aborter.abort()
    expect(await indexChapters(aborter.signal)).toBe(0)
    expect(await countUnindexed(projectId)).toBe(3)
    expect((await search('家是')).chapters).toBe(0)
    expect(await index()).toBe(3)
    expect(await countUnindexed(projectId)).toBe(0)
    expect(await index()).toBe(0)
  })

  it('is made once where two are at it', async () => {
    await sendNovels(projectId, sampleNovels)
    const total = await db().chapter.count()
    const done = await Promise.all([index(), index(), index()])
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(total)
    await expectInvariants(env().databaseUrl)
  })

  it('follows the chapters: changed, replaced, deleted', async () => {
    await sendNovels(projectId, [{ name: '书', text: `旧的灯。${modernProse(300)}` }])
    await index()
    const chapter = await db().chapter.findFirstOrThrow()
    await db().chapter.update({ where: { id: chapter.id }, data: { text: chapter.text.replace('旧的灯', '新的灯') } })
    expect((await search('旧的灯')).chapters).toBe(0)
    expect(await countUnindexed(projectId)).toBe(1)
    await index()
    expect((await search('新的灯')).chapters).toBe(1)
    await db().chapter.update({ where: { id: chapter.id }, data: { active: false } })
    expect((await search('新的灯')).chapters).toBe(0)
    await db().chapter.update({ where: { id: chapter.id }, data: { active: true } })
    expect((await search('新的灯')).chapters).toBe(1)
    await db().project.deleteMany()
    expect(await db().searchBlock.count()).toBe(0)
  })

  it('is kept by the worker, and left at once when it stops', async () => {
    await sendNovels(projectId, sampleNovels)
    const stopped = new SearchUpkeep()
    void stopped.wake()
    await stopped.stop()
    await stopped.wake()
    await expectInvariants(env().databaseUrl)
    const upkeep = new SearchUpkeep()
    await Promise.all([upkeep.wake(), upkeep.wake()])
    expect(await countUnindexed(projectId)).toBe(0)
    await upkeep.stop()
  })
})
