import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeManyPairs, rareWords } from '@/bench/support/many-pairs'
import { db } from '@/lib/db'
import { decidePair, decidePairs, lastDecision, undoDecision } from '@/lib/stages/pairs/decisions'
import { pairDetail, pairPlace } from '@/lib/stages/pairs/detail'
import { pairFacets } from '@/lib/stages/pairs/facets'
import { filterOf, pairOrder } from '@/lib/stages/pairs/filter'
import { pairNameSchema, type PairSource } from '@/lib/stages/pairs/source'
import { countPairs, pairKey, pairMarks, pairPage, type PairRow } from '@/lib/stages/pairs/table'
import { indexChapters } from '@/lib/stages/search/search-index'
import { makeProject } from '@/tests/support/jobs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const count = 450
let projectId: string
let source: PairSource
const filter = (query: string) => filterOf(new URLSearchParams(query))

beforeAll(async () => {
  const made = await makeManyPairs(count)
  projectId = made.projectId
  source = { kind: 'run', id: made.premiseRunId }
})

/** Every row of a filter, page after page, as the table reads them. */
async function rowsOf(query: string): Promise<PairRow[]> {
  const { marks } = await pairMarks(source, filter(query))
  const pages = await Promise.all([null, ...marks].map((mark) => pairPage(source, filter(query), mark === null ? null : pairKey.parse(mark))))
  return pages.flat()
}

const idOf = (row: PairRow | undefined) => pairNameSchema.parse(row?.name).id

describe('the table', () => {
  it.each(pairOrder.options)('gives every pair once, ordered by %s, whatever the page', async (order) => {
    const rows = await rowsOf(`order=${order}`)
    expect(new Set(rows.map(({ name }) => name)).size).toBe(count)
    const { total, marks } = await pairMarks(source, filter(`order=${order}`))
    expect([total, marks.length]).toEqual([count, 4])
    const value = (row: PairRow) => (order.startsWith('premise') ? [...row.premise].length : order.startsWith('passage') ? row.characters : order.startsWith('score') ? (row.score ?? 0) : 0)
    const falling = order.endsWith('long') || order.endsWith('high')
    const expected = rows.toSorted((a, b) => (falling ? value(b) - value(a) : value(a) - value(b)) || a.ordinal - b.ordinal)
    expect(rows.map(({ name }) => name)).toEqual(expected.map(({ name }) => name))
  })

  it('combines every condition, and says how many there are', async () => {
    const all = await rowsOf('')
    const novel = (await pairFacets(source, null)).novels[3]
    const cases: [string, (row: PairRow) => boolean][] = [
      ['verdict=kept&verdict=rejected', (row) => row.verdict !== 'undecided'],
      ['flaw=too-long&flaw=copied', (row) => row.flaws.includes('too-long') || row.flaws.includes('copied')],
      ['flaw=none&flaw=repeated', (row) => row.flaws.length === 0 || row.flaws.includes('repeated')],
      ['outcome=refused', (row) => row.outcome === 'refused'],
      [`novel=${novel?.key}`, (row) => row.novel === novel?.name],
      ['register=classical&register=early_vernacular', (row) => row.register !== 'modern'],
      ['premiseMin=16&premiseMax=17', (row) => [16, 17].includes([...row.premise].length)],
      ['passageMin=293&passageMax=294', (row) => row.characters >= 293 && row.characters <= 294],
      ['scoreMin=4', (row) => (row.score ?? 0) >= 4],
      ['duplicate=any', (row) => row.isDuplicate],
      ['duplicate=no&edited=yes', (row) => !row.isDuplicate && row.isEdited],
      ['leak=yes', (row) => row.leakOf !== null],
      ['style=outline', () => false],
      ['text=船夫', (row) => row.premise.includes('船夫')],
      ["text=%25'_", () => false],
      ['verdict=undecided&register=modern&flaw=none&scoreMin=2&scoreMax=4&premiseMax=17&leak=no&order=score-high', (row) => row.verdict === 'undecided' && row.register === 'modern' && row.flaws.length === 0 && [2, 3, 4].includes(row.score ?? 0) && [...row.premise].length <= 17 && row.leakOf === null],
    ]
    for (const [query, holds] of cases) {
      const expected = all.filter(holds).map(({ name }) => name).toSorted()
      expect((await rowsOf(query)).map(({ name }) => name).toSorted(), query).toEqual(expected)
      expect(await countPairs(source, filter(query)), query).toBe(expected.length)
    }
  })

  it('looks for words in the passages too, whether the search index has them yet or not', async () => {
    const passages = await db().passage.findMany({ include: { chapter: true, premises: true } })
    const withRare = passages.filter(({ start, end, chapter }) => chapter.text.slice(start, end).includes(rareWords))
    expect(withRare).toHaveLength(1)
    const found = async (text: string) => (await rowsOf(`text=${encodeURIComponent(text)}`)).map((row) => idOf(row))
    const isIndexed = async () => (await db().searchBlock.count()) > 0
    for (const expected of [false, true]) {
      expect(await isIndexed()).toBe(expected)
      expect(await found(rareWords)).toEqual(withRare.flatMap(({ premises }) => premises.map(({ id }) => id)))
      // Passages are cut short by some characters: what begins in one and ends in the next is in neither.
      expect(await found(`岸边等着。${rareWords}`)).toEqual([])
      expect(await found('哪里都没有的话')).toEqual([])
      if (!expected) await indexChapters(new AbortController().signal)
    }
    // The index does not care how a character is written.
    expect(await found('燈塔亮了')).toHaveLength(1)
  })

  it('knows how many pairs have what', async () => {
    const all = await rowsOf('')
    const facets = await pairFacets(source, null)
    expect([facets.total, facets.edited, facets.leaks, facets.hasScores]).toEqual([count, all.filter((row) => row.isEdited).length, all.filter((row) => row.leakOf).length, true])
    for (const { key, count: found } of facets.verdicts) expect(all.filter((row) => row.verdict === key)).toHaveLength(found)
    expect(facets.novels.reduce((sum, novel) => sum + novel.count, 0)).toBe(count)
    expect(facets.flaws.map(({ key }) => key)).toEqual(expect.arrayContaining(['too-long', 'copied', 'repeated']))
    const first = facets.novels[0]
    expect((await pairFacets(source, first?.key ?? '')).chapters.reduce((sum, chapter) => sum + chapter.count, 0)).toBe(first?.count)
  })

  it('shows one pair in its place in the novel, with its neighbours in the filter', async () => {
    const rows = await rowsOf('verdict=kept')
    const [before, here, after] = rows.slice(10, 13)
    const id = idOf(here)
    const detail = await pairDetail(source, id)
    const premise = await db().premise.findUniqueOrThrow({ where: { id }, include: { passage: { include: { chapter: true } } } })
    const { start, end, chapter } = premise.passage
    expect(detail).toMatchObject({ passage: chapter.text.slice(start, end), before: chapter.text.slice(Math.max(0, start - 400), start), after: chapter.text.slice(end, end + 400), chapterId: chapter.id })
    expect(await pairPlace(source, filter('verdict=kept'), id)).toEqual({ at: 12, total: rows.length, isAmong: true, previous: before?.name, next: after?.name })
    // A pair that the filter does not find has its neighbours still.
    expect(await pairPlace(source, filter('verdict=kept'), idOf((await rowsOf('verdict=undecided'))[0]))).toMatchObject({ isAmong: false, total: rows.length })
  })
})

describe('a person’s word', () => {
  beforeEach(async () => {
    while (await undoDecision(projectId, source)) continue
  })

  const states = () => db().premise.findMany({ where: { premiseRunId: source.id }, orderBy: { id: 'asc' }, select: { id: true, verdict: true, edited: true, leakOf: true } })

  it('on all that a filter finds is one decision, counted, and one step back', async () => {
    const before = await states()
    const expected = await countPairs(source, filter('verdict=undecided&register=modern'))
    expect(await decidePairs(projectId, source, filter('verdict=undecided&register=modern'), 'rejected')).toBe(expected)
    expect(await countPairs(source, filter('verdict=undecided&register=modern'))).toBe(0)
    expect(await lastDecision(source)).toMatchObject({ act: 'rejected', pairs: expected, pairId: null, filter: { query: 'verdict=undecided&register=modern' } })
    // What the word changes nothing of is no decision.
    expect(await decidePairs(projectId, source, filter('verdict=undecided&register=modern'), 'rejected')).toBe(0)
    expect(await undoDecision(projectId, source)).toMatchObject({ pairs: expected })
    expect(await states()).toEqual(before)
    expect(await undoDecision(projectId, source)).toBeNull()
  })

  it('is taken back in the order in which it was given, edits too, and never what was said since', async () => {
    const before = await states()
    const [first, second] = (await rowsOf('verdict=undecided&edited=no')).map(idOf)
    const ref = { kind: 'run' as const, id: first ?? 0 }
    await decidePair(projectId, ref, { verdict: 'rejected' })
    await decidePair(projectId, ref, { edited: '  另一句话。 ' })
    await decidePair(projectId, { ...ref, id: second ?? 0 }, { verdict: 'kept' })
    await decidePair(projectId, { ...ref, id: second ?? 0 }, { verdict: 'kept' })
    expect(await db().premise.findUnique({ where: { id: first } })).toMatchObject({ verdict: 'kept', edited: '另一句话。' })
    expect(await lastDecision(source)).toMatchObject({ act: 'kept', pairs: 1, pairId: second })
    await undoDecision(projectId, source)
    expect(await undoDecision(projectId, source)).toMatchObject({ pairId: first, decision: { act: 'edited' } })
    expect(await db().premise.findUnique({ where: { id: first } })).toMatchObject({ verdict: 'rejected', edited: null })
    // Said elsewhere meanwhile: that stays.
    await db().premise.update({ where: { id: first }, data: { verdict: 'kept' } })
    expect(await undoDecision(projectId, source)).toMatchObject({ pairs: 0 })
    await db().premise.update({ where: { id: first }, data: { verdict: 'undecided' } })
    expect(await states()).toEqual(before)
  })

  it('that gives a test premise away is marked at once, and unmarked when it is taken back', async () => {
    const upload = await db().upload.create({ data: { projectId, kind: 'test', fileName: 'test.json', state: 'receiving' } })
    await db().testFile.create({ data: { projectId, uploadId: upload.id, rowCount: 1, premises: 1, rows: { create: { ordinal: 0, instruction: '', input: '雪夜归人敲开了旧宅的门。', record: {} } } } })
    const [id = 0] = (await rowsOf('verdict=undecided&leak=no')).map(idOf)
    await decidePair(projectId, { kind: 'run', id }, { edited: '雪夜，归人敲开了旧宅的门' })
    expect(await db().premise.findUnique({ where: { id } })).toMatchObject({ leakOf: '雪夜归人敲开了旧宅的门。' })
    await decidePair(projectId, { kind: 'run', id }, { edited: null })
    expect(await db().premise.findUnique({ where: { id } })).toMatchObject({ leakOf: null, edited: null })
  })

  it('does not reach into another project', async () => {
    const other = await makeProject()
    const before = await states()
    for (const work of [() => decidePairs(other, source, filter(''), 'rejected'), () => undoDecision(other, source), () => decidePair(other, { kind: 'run', id: before[0]?.id ?? 0 }, { verdict: 'rejected' })]) {
      await expect(work()).rejects.toMatchObject({ code: 'run.missing' })
    }
    expect(await states()).toEqual(before)
  })
})
