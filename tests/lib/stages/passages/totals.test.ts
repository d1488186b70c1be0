import { beforeAll, describe, expect, it } from 'vitest'
import { previewOf, medianOf } from '@/app/projects/[projectId]/passages/_preview'
import { tokenizerOf } from '@/lib/models/tokenizer'
import { figuresOf } from '@/lib/stages/passages/figures'
import { openNovelTexts } from '@/lib/stages/passages/open-novel'
import { chapterTexts, passageScope } from '@/lib/stages/passages/scope'
import { passageTotals, type TotalsLine } from '@/lib/stages/passages/totals'
import { lengthTally } from '@/lib/stages/passages/passages'
import { makeProject } from '@/tests/support/jobs'
import { passagesOfSet } from '@/tests/support/passages-of-set'
import { classicalProse, modernProse, sampleNovels, sendNovels } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { smallModel } from '@/tests/support/small-model'
import { passageSettings, startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'

useStudio()
const settings = { novels: { registers: ['modern' as const] }, passages: passageSettings }
let projectId: string
beforeAll(async () => {
  projectId = await makeProject()
  await sendNovels(projectId, [...sampleNovels, { name: '路', text: modernProse(2_000) }, { name: '史', text: classicalProse }])
})

async function linesOf(asked: Partial<Parameters<typeof passageTotals>[0]> = {}): Promise<TotalsLine[]> {
  const lines: TotalsLine[] = []
  for await (const line of passageTotals({ projectId, settings, ...asked })) lines.push(line)
  return lines
}

describe('the totals', () => {
  it('are what the cutting gives, novel by novel', async () => {
    const lines = await linesOf()
    const set = await startSet(projectId)
    await runNextWell()
    const passages = await passagesOfSet(set.id)
    expect(lines[0]).toEqual({ kind: 'scope', novels: 4, characters: passages.reduce((sum, { characters }) => sum + characters, 0) })
    const figures = lines.flatMap((line) => (line.kind === 'figures' ? [line] : []))
    for (const { novelId, figures: of } of figures) {
      const own = passages.filter((passage) => passage.novelId === novelId)
      expect(of).toMatchObject({
        passages: own.length,
        characters: own.reduce((sum, { characters }) => sum + characters, 0),
        openings: own.filter(({ place }) => place === 'opening' || place === 'whole').length,
        endings: own.filter(({ place }) => place === 'ending' || place === 'whole').length,
        midScene: own.filter(({ endsAt }) => endsAt !== 'chapter' && endsAt !== 'scene').length,
      })
      const lengths = own.map(({ characters }) => characters).sort((a, b) => a - b)
      expect(of.shortest.map(({ characters }) => characters)).toEqual(lengths.slice(0, 3))
      expect(of.longest.map(({ characters }) => characters)).toEqual(lengths.slice(-3).reverse())
      const [longest] = of.longest
      expect(own.find(({ chapterId, characters }) => chapterId === longest?.chapterId && characters === longest.characters)).toBeDefined()
      expect(medianOf(of)).toBe(lengths[Math.ceil(lengths.length / 2) - 1])
    }
    const tally = new Map<number, number>()
    for (const { figures: of } of figures) for (const [length, count] of of.lengths) tally.set(length, (tally.get(length) ?? 0) + count)
    expect([...tally].sort(([a], [b]) => a - b).map(([length, count]) => ({ length, count }))).toEqual(await lengthTally(set.id))
  })

  it('begin with the novel in view, and give tokens after all characters', async () => {
    const last = (await passageScope(projectId, settings.novels)).at(-1)?.id ?? 0
    const lines = await linesOf({ firstNovelId: last, modelDirectory: await smallModel() })
    expect(lines.map(({ kind }) => kind)).toEqual(['scope', ...Array.from({ length: 4 }, () => 'figures'), ...Array.from({ length: 4 }, () => 'tokens')])
    expect(lines[1]).toMatchObject({ novelId: last })
    expect(lines[5]).toMatchObject({ novelId: last })
  })

  it('count the tokens of each passage as the tokenizer itself counts them, within one in a hundred', async () => {
    const { countTokens } = await tokenizerOf(await smallModel())
    const set = await startSet(projectId)
    const passages = await passagesOfSet(set.id)
    const lines = await linesOf({ modelDirectory: await smallModel() })
    const counted = lines.flatMap((line) => (line.kind === 'tokens' ? line.tokens : []))
    expect(counted.reduce((sum, [, count]) => sum + count, 0)).toBe(passages.length)
    const whole = passages.reduce((sum, { text }) => sum + countTokens(text), 0)
    const total = counted.reduce((sum, [tokens, count]) => sum + tokens * count, 0)
    expect(Math.abs(total - whole) / whole).toBeLessThan(0.01)
  })

  it('say of a tokenizer that cannot be read why, after the characters', async () => {
    const lines = await linesOf({ modelDirectory: '/nowhere' })
    expect(lines.at(-1)).toEqual({ kind: 'refused', code: 'model.no-tokenizer', params: { path: '/nowhere' } })
    expect(lines.filter(({ kind }) => kind === 'figures')).toHaveLength(4)
  })

  it('stop when whoever asked has left', async () => {
    const asking = new AbortController()
    const lines = passageTotals({ projectId, settings: { ...settings, passages: { ...passageSettings, target: 111 } }, signal: asking.signal })
    await lines.next()
    asking.abort(new Error('left'))
    await expect(lines.next()).rejects.toThrow('left')
  })

  it('are counted once for the same chapters and rule, whatever is drawn of them', async () => {
    const [novel] = await passageScope(projectId, settings.novels)
    if (!novel) throw new Error('No novel takes part')
    const first = await figuresOf(novel, passageSettings)
    expect(await figuresOf(novel, { ...passageSettings, chapterMaximum: 5000 })).toBe(first)
    expect(await figuresOf(novel, { ...passageSettings, target: 101 })).not.toBe(first)
    expect(await figuresOf({ ...novel, chapters: novel.chapters.slice(1) }, passageSettings)).not.toBe(first)
  })

  it('are of the same texts, which are kept for the novel that is open', async () => {
    const read = async (ids: number[], from: typeof chapterTexts) => {
      const texts = []
      for await (const each of from(ids)) texts.push(each)
      return texts
    }
    const novels = await passageScope(projectId, settings.novels)
    for (const { chapters } of [...novels, ...novels]) {
      const ids = chapters.map(({ id }) => id)
      const first = await read(ids, openNovelTexts)
      expect(first).toEqual(await read(ids, chapterTexts))
      // The very same objects: nothing was read a second time.
      const second = await read(ids, openNovelTexts)
      expect(second.every((each, at) => each === first[at])).toBe(true)
    }
  })

  it('of no novel are empty', async () => {
    const empty = await makeProject()
    expect(await linesOf({ projectId: empty })).toEqual([{ kind: 'scope', novels: 0, characters: 0 }])
  })
})

describe('the preview', () => {
  it('is of the novel and chapter that are open, with the passage asked for in view', async () => {
    const [first, second] = await passageScope(projectId, settings.novels)
    const preview = await previewOf(projectId, settings, { novel: second?.id })
    expect(preview).toMatchObject({ novel: { id: second?.id }, chapter: { id: second?.chapters[0]?.id } })
    const chapter = first?.chapters.at(-1)
    const [longest] = preview?.figures.longest ?? []
    const at = await previewOf(projectId, settings, { chapter: longest?.chapterId, at: longest?.start })
    expect(at?.chapter.id).toBe(longest?.chapterId)
    expect(at?.part.blocks).toContainEqual(expect.objectContaining({ kind: 'cut', cut: expect.objectContaining({ start: longest?.start, ordinal: longest?.ordinal }) }))
    expect((await previewOf(projectId, settings, { chapter: chapter?.id }))?.novel.id).toBe(first?.id)
    expect((await previewOf(projectId, settings, { novel: 2 ** 30, chapter: 2 ** 30 }))?.novel.id).toBe(first?.id)
  })

  it('is none where nothing takes part', async () => {
    expect(await previewOf(await makeProject(), settings, {})).toBeNull()
  })
})
