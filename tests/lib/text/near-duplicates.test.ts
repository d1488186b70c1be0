import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText, wordUnits } from '@/lib/text/fold'
import { NearDuplicates, type DuplicateGroup } from '@/lib/text/near-duplicates'
import { sampleNovels } from '@/tests/support/project-files'
import { quickDrawer } from '@/lib/draw'

/** Groups the texts in batches of so many, reading earlier ones again as a database would. */
async function group(texts: readonly string[], likenessFrom = 0.6, size = 7): Promise<DuplicateGroup[]> {
  const folded = texts.map(wordUnits)
  const finder = new NearDuplicates(likenessFrom, async (wanted) => wanted.map((text) => folded[text] ?? new Uint16Array(0)))
  for (let at = 0; at < folded.length; at += size) await finder.add(folded.slice(at, at + size))
  return finder.found()
}

/** The shared n-grams of two texts, the plain way. */
function likenessOf(one: string, other: string): number {
  const grams = (text: string) => {
    const word = String.fromCharCode(...wordUnits(text))
    return new Set(Array.from({ length: word.length - 3 }, (_, at) => word.slice(at, at + 4)))
  }
  const [a, b] = [grams(one), grams(other)]
  const shared = [...a].filter((gram) => b.has(gram)).length
  return shared / (a.size + b.size - shared)
}

const prose = sampleNovels.map(({ text }) => text.replaceAll(/\s/g, '')).join('')
const passage = (index: number, length = 400) => prose.slice(index * length, (index + 1) * length)

/** The text with one character in so many written as another. */
function blurred(text: string, oneIn: number, seed: number): string {
  const draw = quickDrawer(seed)
  return [...text].map((character) => (draw() < 1 / oneIn ? '某' : character)).join('')
}

describe('near duplicates', () => {
  it('are nothing among passages that only come from the same books', async () => {
    expect(await group(Array.from({ length: 120 }, (_, index) => passage(index)))).toEqual([])
  })

  it('are the same text in other punctuation, width, case and script, whichever came first', async () => {
    const text = '他說：「你們後來聽見ＡＢＣ了嗎？」裡面沒有人回答，只有風吹過門前的樹葉，沙沙地響了一夜。'
    const other = '他说 “你们后来听见abc了吗” 里面没有人回答……只有风吹过门前的树叶、沙沙地响了一夜'
    expect(await group([passage(1), text, other])).toEqual([{ first: 1, repeats: [{ text: 2, likeness: 1, exact: true }] }])
    expect(await group([other, passage(1), text], 0.6, 1)).toEqual([{ first: 0, repeats: [{ text: 2, likeness: 1, exact: true }] }])
  })

  it('have exactly the likeness of their n-grams, and are never below the one that is asked for', async () => {
    const texts = Array.from({ length: 40 }, (_, index) => passage(index))
    const copies = texts.map((text, index) => blurred(text, 8 + index, index))
    for (const { first, repeats } of await group([...texts, ...copies], 0.5)) {
      for (const { text, likeness, exact } of repeats) {
        expect(text).toBe(first + 40)
        expect(exact).toBe(false)
        expect(likeness).toBeGreaterThanOrEqual(0.5)
        expect(likeness).toBeCloseTo(likenessOf(texts[first] ?? '', copies[first] ?? ''), 12)
      }
    }
  })

  it('are found, all but a few at the very edge of the likeness', async () => {
    const texts = Array.from({ length: 70 }, (_, index) => passage(index))
    const copies = texts.map((text, index) => blurred(text, 34, index))
    const alike = copies.filter((copy, index) => likenessOf(texts[index] ?? '', copy) >= 0.6).length
    const groups = await group([...texts, ...copies])
    expect(alike).toBeGreaterThan(60)
    expect(groups.length).toBeGreaterThanOrEqual(alike * 0.97)
    expect(groups.length).toBeLessThanOrEqual(alike)
  })

  it('join their first, and no chain of changes joins what is not alike', async () => {
    const steps = [passage(3)]
    for (let step = 1; step < 12; step++) steps.push(blurred(steps[step - 1] ?? '', 30, step))
    const groups = await group(steps)
    expect(groups.length).toBeGreaterThan(1)
    for (const { first, repeats } of groups) {
      for (const { text } of repeats) expect(likenessOf(steps[first] ?? '', steps[text] ?? '')).toBeGreaterThanOrEqual(0.6)
    }
  })

  it('join the one they are most like', async () => {
    const one = passage(5, 600)
    const other = blurred(one, 10, 1)
    const between = one.slice(0, 270) + other.slice(270)
    expect(likenessOf(one, other)).toBeLessThan(0.5)
    expect(likenessOf(one, between)).toBeGreaterThan(0.5)
    expect(await group([one, other, between], 0.5)).toEqual([{ first: 1, repeats: [{ text: 2, likeness: likenessOf(other, between), exact: false }] }])
  })

  it('of short texts are only the same ones, and texts without a word are none', async () => {
    expect(await group(['（未完）', '未完', '未完待续', '……', '。', '', '——'])).toEqual([{ first: 0, repeats: [{ text: 1, likeness: 1, exact: true }] }])
  })

  it('are the same in whatever batches they come', async () => {
    const texts = Array.from({ length: 60 }, (_, index) => (index % 3 === 2 ? blurred(passage(index - 2), 40, index) : passage(index)))
    const whole = await group(texts, 0.6, 60)
    expect(whole.length).toBeGreaterThan(10)
    for (const size of [1, 7, 59]) expect(await group(texts, 0.6, size)).toEqual(whole)
  })

  it('can be a thousand copies of one text', async () => {
    const [found, ...others] = await group(Array.from({ length: 1000 }, () => passage(2)), 0.6, 100)
    expect(others).toEqual([])
    expect(found?.repeats).toHaveLength(999)
  })
})

describe('folded text', () => {
  it('is as long as the text, and folding it again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = foldText(text)
        expect(folded).toHaveLength(text.length)
        expect([...folded]).toHaveLength([...text].length)
        expect(foldText(folded)).toBe(folded)
      }),
    )
  })

  it('has traditional characters simplified, full width halved and capitals small', () => {
    expect(foldText('書中有ＡＢＣ，Σ，臺灣後來裡面。ｶ𠀀😀')).toBe('书中有abc，σ，台湾后来里面。カ𠀀😀')
  })

  it('without punctuation keeps letters, digits and characters beyond the first plane', () => {
    expect(String.fromCharCode(...wordUnits('“第１回”：\n　𠀀，é！'))).toBe('第1回𠀀é')
  })
})
