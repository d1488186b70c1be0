import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitChapters } from '@/lib/text/chapters'
import { codePoints } from '@/lib/text/counts'
import { type ChapterPassage, cutChapter, type CutRule, endsMidParagraph, endsMidScene, strategies } from '@/lib/text/cut-chapter'
import { sceneBreaks } from '@/lib/text/scenes'

const blank = /^\s*$/
const usual: CutRule = { strategy: 'scene', target: 800, minimum: 400, maximum: 1000, chapterMaximum: 3000 }

function textsOf(text: string, passages: readonly ChapterPassage[]): string[] {
  return passages.map(({ startUnit, endUnit }) => text.slice(startUnit, endUnit))
}

/** What must hold of any text under any rule. */
function expectWhole(text: string, rule: CutRule): ChapterPassage[] {
  const passages = cutChapter(text, rule)
  const texts = textsOf(text, passages)
  expect(texts.join('')).toBe(text)
  const isWhole = rule.strategy === 'chapter' && codePoints(text) <= rule.chapterMaximum
  let at = 0
  passages.forEach((passage, index) => {
    const cut = texts[index] ?? ''
    expect(passage.start).toBe(at)
    at = passage.end
    expect(codePoints(cut)).toBe(passage.end - passage.start)
    expect(passage.characters).toBe(codePoints(cut.trimEnd()))
    const trailing = codePoints(cut) - passage.characters
    if (!isWhole) expect(trailing > rule.maximum / 4 ? passage.characters : codePoints(cut)).toBeLessThanOrEqual(rule.maximum)
    if (!blank.test(text)) expect(cut).not.toMatch(blank)
    expect([passage.opening, passage.ending]).toEqual([index === 0, index === passages.length - 1])
    expect(passage.endsAt === 'chapter').toBe(passage.ending)
  })
  expect(at).toBe(codePoints(text))
  return passages
}

const piece = fc.oneof(
  { weight: 6, arbitrary: fc.string({ unit: fc.constantFrom(...'天地玄黄宇宙洪荒日月盈昃'), minLength: 1, maxLength: 30 }) },
  { weight: 3, arbitrary: fc.constantFrom('。', '！', '？', '……', '！？', '。”', '“', '”', '「', '」', '，') },
  { weight: 3, arbitrary: fc.constantFrom('\n', '\n\n', '\n\n\n', '　', ' ') },
  { weight: 3, arbitrary: fc.constantFrom('\n＊＊＊\n', '\n\n* * *\n\n', '\n第二天，', '\n三天后，', '\n二\n', '\n——\n', '\n话说') },
  { weight: 1, arbitrary: fc.constantFrom('𠀀', '😀', 'word ', '\ud800') },
)
const anyText = fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(''))
const anyRule = fc
  .tuple(fc.constantFrom(...strategies), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 600 }))
  .map(([strategy, minimum, more, further, chapterMaximum]): CutRule => ({ strategy, minimum, target: minimum + more, maximum: minimum + more + further, chapterMaximum }))

describe('cutChapter on any text', () => {
  it('partitions it by every strategy, within the maximum, never blank', () => {
    fc.assert(fc.property(anyText, anyRule, (text, rule) => void expectWhole(text, rule)), { numRuns: 3000, seed: 17 })
  })

  it('ends every passage with its scene where the scenes have the right length', () => {
    const scene = fc.integer({ min: 100, max: 200 }).map((length) => `${'话'.repeat(length - 10)}。\n${'雪'.repeat(8)}。`)
    fc.assert(fc.property(fc.array(scene, { minLength: 1, maxLength: 12 }), (scenes) => {
      const passages = expectWhole(scenes.join('\n＊\n'), { strategy: 'scene', target: 150, minimum: 100, maximum: 210, chapterMaximum: 1000 })
      expect(passages).toHaveLength(scenes.length)
      expect(passages.filter(({ endsAt }) => endsMidScene(endsAt))).toEqual([])
    }), { numRuns: 300, seed: 19 })
  })
})

describe('cutting by scene', () => {
  const scene = (characters: number, mark = '话') => `${`${mark.repeat(38)}。\n`.repeat(Math.round(characters / 40))}`
  const lengths = (text: string, rule = usual) => expectWhole(text, rule).map(({ characters }) => Math.round(characters / 100) * 100)
  const ends = (text: string, rule = usual) => expectWhole(text, rule).map(({ endsAt }) => endsAt)

  it('joins scenes under the minimum to a neighbour', () => {
    const text = [scene(200), scene(600), scene(800), scene(100)].join('＊＊＊\n')
    expect(lengths(text)).toEqual([800, 900])
    expect(ends(text)).toEqual(['scene', 'chapter'])
  })

  it('cuts scenes over the maximum inside, and says so', () => {
    const text = [scene(1600), scene(800)].join('＊＊＊\n')
    expect(lengths(text)).toEqual([800, 800, 800])
    expect(ends(text)).toEqual(['paragraph', 'scene', 'chapter'])
  })

  it('does not join what is long enough for itself, even if both fit', () => {
    expect(lengths([scene(400), scene(480)].join('＊＊＊\n'))).toEqual([400, 500])
  })

  it('joins a short scene even to one that must be cut', () => {
    const passages = expectWhole([scene(200), scene(1000)].join('＊＊＊\n'), usual)
    expect(passages.every(({ characters }) => characters >= usual.minimum)).toBe(true)
  })
})

describe('whole short chapters', () => {
  const rule: CutRule = { ...usual, strategy: 'chapter' }
  const chapter = (characters: number) => `${'字'.repeat(49)}。`.repeat(characters / 50)

  it('stay whole up to their own maximum, to the character', () => {
    expect(expectWhole(chapter(3000), rule)).toMatchObject([{ characters: 3000, opening: true, ending: true, endsAt: 'chapter' }])
    expect(expectWhole(`${chapter(3000)}。`, rule).length).toBeGreaterThan(2)
    expect(expectWhole('𠀀'.repeat(3000), rule)).toHaveLength(1)
    expect(expectWhole('𠀀'.repeat(3001), rule).length).toBeGreaterThan(1)
  })
})

describe('how a passage ends', () => {
  const rule: CutRule = { ...usual, strategy: 'length', target: 100, minimum: 50, maximum: 130 }

  it('is a scene’s end for the length rule too, before and after the separator', () => {
    const line = `${'字'.repeat(98)}。\n`
    const passages = expectWhole(`${line}＊＊＊\n${line}次日，${line}${line}`, rule)
    expect(passages.map(({ endsAt }) => endsAt)).toEqual(['scene', 'scene', 'paragraph', 'chapter'])
  })

  it('is told apart by what was cut', () => {
    expect(endsMidParagraph('paragraph')).toBe(false)
    expect(endsMidParagraph('quotation')).toBe(true)
    expect(endsMidScene('paragraph')).toBe(true)
    expect(endsMidScene('scene')).toBe(false)
    expect(endsMidScene('chapter')).toBe(false)
  })
})

it.each(strategies)('holds on all of the sample novels by %s', (strategy) => {
  for (const line of readFileSync('public/samples/train.json', 'utf8').trim().split('\n')) {
    const { name, text } = JSON.parse(line) as { name: string; text: string }
    for (const chapter of splitChapters(text, name)) {
      const passages = expectWhole(chapter.text, { ...usual, strategy })
      for (const { characters } of passages) expect(characters).toBeGreaterThanOrEqual(usual.minimum)
      const scenes = sceneBreaks(chapter.text).length
      if (strategy === 'scene') expect(passages.filter(({ endsAt }) => endsAt === 'scene').length).toBeLessThanOrEqual(scenes)
    }
  }
})
