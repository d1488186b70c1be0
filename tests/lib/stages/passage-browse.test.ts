import { beforeAll, describe, expect, it } from 'vitest'
import type { PassageSet } from '@/lib/generated/prisma/client'
import { decideChapter } from '@/lib/stages/novels/novels'
import { comparedChapters, cutsOfSet, identicalPassages, settingChanges } from '@/lib/stages/passages/compare'
import { type PassageFilter, readFilter } from '@/lib/stages/passages/filter'
import { chaptersOfSet, countPassages, novelsOfSet, passageRows } from '@/lib/stages/passages/rows'
import { findPassageSet, type PassageEntry } from '@/lib/stages/passages/passages'
import { makeProject } from '@/tests/support/jobs'
import { passagesOfSet } from '@/tests/support/passages-of-set'
import { modernProse, sampleNovels, sendNovels } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
let set: PassageSet
let passages: PassageEntry[]

async function cut(changes: Parameters<typeof startSet>[1] = {}): Promise<PassageSet> {
  const started = await startSet(projectId, changes)
  await runNextWell()
  return started
}

beforeAll(async () => {
  projectId = await makeProject()
  await sendNovels(projectId, [...sampleNovels, { name: '路', text: `${modernProse(900)}\n＊＊＊\n${modernProse(700)}` }])
  set = await cut()
  passages = await passagesOfSet(set.id)
})

const all = { order: 'novel' as const }
const ordinalsOf = async (filter: PassageFilter) => (await passageRows(set.id, filter, { take: 10_000, skip: 0 })).map(({ ordinal }) => ordinal)
const wanted = (is: (passage: PassageEntry) => boolean) => passages.filter(is).map(({ ordinal }) => ordinal)

describe('the list of a set’s passages', () => {
  it('has every passage in order, with how it begins and ends', async () => {
    const rows = await passageRows(set.id, all, { take: 10_000, skip: 0 })
    expect(rows.map(({ ordinal }) => ordinal)).toEqual(passages.map(({ ordinal }) => ordinal))
    rows.forEach((row, at) => {
      const points = [...(passages[at]?.text ?? '')]
      expect(row).toMatchObject({ characters: points.length, head: points.slice(0, 80).join(''), tail: points.slice(-40).join(''), place: passages[at]?.place, endsAt: passages[at]?.endsAt })
    })
    expect(await passageRows(set.id, all, { take: 3, skip: 5 })).toEqual(rows.slice(5, 8))
  })

  it.each<[string, Omit<PassageFilter, 'order'>, (passage: PassageEntry) => boolean]>([
    ['openings', { place: 'opening' }, ({ place }) => place === 'opening' || place === 'whole'],
    ['endings', { place: 'ending' }, ({ place }) => place === 'ending' || place === 'whole'],
    ['whole chapters', { place: 'whole' }, ({ place }) => place === 'whole'],
    ['what is neither', { place: 'middle' }, ({ place }) => place === 'middle'],
    ['what ends mid-scene', { ends: 'midScene' }, ({ endsAt }) => endsAt !== 'chapter' && endsAt !== 'scene'],
    ['what ends with a scene', { ends: 'scene' }, ({ endsAt }) => endsAt === 'scene'],
    ['lengths', { from: 90, to: 110 }, ({ characters }) => characters >= 90 && characters <= 110],
    ['a register that none has', { register: 'classical' }, () => false],
    ['several at once', { place: 'opening', to: 120, ends: 'midScene' }, ({ place, characters, endsAt }) => place === 'opening' && characters <= 120 && endsAt !== 'scene' && endsAt !== 'chapter'],
  ])('filters %s', async (_, filter, is) => {
    const expected = wanted(is)
    expect(await ordinalsOf({ ...all, ...filter })).toEqual(expected)
    expect(await countPassages(set.id, { ...all, ...filter })).toBe(expected.length)
  })

  it('filters a novel and a chapter, which it can name', async () => {
    const novels = await novelsOfSet(set.id)
    expect(novels.map(({ title }) => title)).toEqual([...sampleNovels.map(({ name }) => name), '路'])
    for (const novel of novels) {
      expect(await ordinalsOf({ ...all, novel: novel.id })).toEqual(wanted(({ novelId }) => novelId === novel.id))
      const chapters = await chaptersOfSet(set.id, novel.id)
      expect(chapters.reduce((sum, { passages: count }) => sum + count, 0)).toBe(novel.passages)
      for (const chapter of chapters) expect(await ordinalsOf({ ...all, chapter: chapter.id })).toEqual(wanted(({ chapterId }) => chapterId === chapter.id))
    }
  })

  it('is sorted by length either way, in the order of the novels where lengths are equal', async () => {
    const by = (sign: number) => [...passages].sort((a, b) => sign * (a.characters - b.characters) || a.ordinal - b.ordinal).map(({ ordinal }) => ordinal)
    expect(await ordinalsOf({ order: 'shortest' })).toEqual(by(1))
    expect(await ordinalsOf({ order: 'longest' })).toEqual(by(-1))
  })

  it('follows a person’s word on a register', async () => {
    const chapterId = passages[0]?.chapterId ?? 0
    await decideChapter(projectId, chapterId, { register: 'classical' })
    expect(await ordinalsOf({ ...all, register: 'classical' })).toEqual(wanted((passage) => passage.chapterId === chapterId))
    await decideChapter(projectId, chapterId, { register: null })
  })
})

describe('the filter of a URL', () => {
  it('reads what it knows and leaves the rest aside', () => {
    expect(readFilter({ novel: '3', from: '100', to: '', place: 'ending', ends: 'midScene', order: 'longest', page: '2' })).toEqual({ novel: 3, from: 100, place: 'ending', ends: 'midScene', order: 'longest' })
    expect(readFilter({ novel: '-1', chapter: '1e99', register: 'latin', from: 'many', to: ['1', '2'], place: 'x', ends: '; DROP', order: 'worst' })).toEqual({ order: 'novel' })
  })
})

describe('two sets', () => {
  it('show which settings differ, how much is identical, and which chapters are cut otherwise', async () => {
    const other = await cut({ strategy: 'scene', limit: 5 })
    const same = await cut({ seed: 2 })
    const read = async ({ ordinal }: PassageSet) => {
      const found = await findPassageSet(projectId, ordinal)
      if (!found) throw new Error('The set is gone')
      return found
    }
    expect(settingChanges(await read(set), await read(other))).toEqual([
      { setting: 'strategy', before: 'length', after: 'scene' },
      { setting: 'limit', before: '', after: '5' },
    ])
    expect(settingChanges(await read(set), await read(set))).toEqual([])
    expect(await identicalPassages(set.id, same.id)).toBe(passages.length)
    expect((await comparedChapters(set.id, same.id)).every(({ differs }) => !differs)).toBe(true)

    const shared = await identicalPassages(set.id, other.id)
    expect(shared).toBeLessThanOrEqual(5)
    expect(await identicalPassages(other.id, set.id)).toBe(shared)
    const chapters = await comparedChapters(set.id, other.id)
    expect(new Set(chapters.map(({ id }) => id))).toEqual(new Set(passages.map(({ chapterId }) => chapterId)))
    for (const { id, differs } of chapters) {
      const [a, b] = [await cutsOfSet(set.id, id), await cutsOfSet(other.id, id)]
      const places = (cuts: typeof a) => cuts.map(({ start, end }) => `${start}-${end}`).join()
      expect(differs).toBe(places(a) !== places(b))
    }
    expect(await passagesOfSet(other.id)).toHaveLength(5)
  })

  it('of which one has settings of an unknown shape have no differences to show', () => {
    expect(settingChanges({ settings: {} }, { settings: { old: true } })).toEqual([])
  })
})
