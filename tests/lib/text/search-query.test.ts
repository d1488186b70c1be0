import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from '@/lib/text/fold'
import { gramsOf, gramsOfPhrase, longestPhrase, searchBlocks } from '@/lib/text/search-grams'
import { placesOf, readQuery } from '@/lib/text/search-query'

const prose = fc.string({ unit: fc.constantFrom('他', '她', '來', '来', '，', '。', '\n', 'Ａ', 'a', '𠀀', '😀', '1'), maxLength: 60 })

describe('a query', () => {
  it('is terms apart from each other, and phrases in quotation marks of any kind', () => {
    expect(readQuery('母亲 革命')?.terms).toEqual(['母亲', '革命'])
    expect(readQuery('  "the little boy"　Ｂｏｙ ')?.terms).toEqual(['the little boy', 'boy'])
    expect(readQuery('“他说，好”「她 來」『了』')?.terms).toEqual(['他说，好', '她 来', '了'])
    expect(readQuery('母親 母亲')?.terms).toEqual(['母亲'])
  })

  it('without a letter or digit is none', () => {
    for (const text of ['', '   ', '……', '""', '“，。”', '!? %_']) expect(readQuery(text), text).toBeNull()
  })

  it('of one or two characters is told by the index alone, and no other', () => {
    expect(['人', '自己', 'ab'].map((text) => readQuery(text)?.isExactInIndex)).toEqual([true, true, true])
    expect(['不知道', '人 己', '人，', '"人 己"', 'a b'].map((text) => readQuery(text)?.isExactInIndex)).toEqual([false, false, false, false, false])
  })

  it('keeps to what fits: so many characters a term, so many terms', () => {
    expect(readQuery('长'.repeat(500))?.terms[0]).toHaveLength(longestPhrase)
    expect(readQuery(Array.from({ length: 40 }, (_, at) => `词${at}`).join(' '))?.terms).toHaveLength(8)
  })
})

describe('the integers of a text', () => {
  it('are all there for every phrase that is in it', () => {
    fc.assert(
      fc.property(prose, fc.nat(), fc.nat(20), (text, from, length) => {
        const folded = foldText(text)
        const start = from % (text.length + 1)
        const has = new Set(gramsOf(folded))
        expect(gramsOfPhrase(folded.slice(start, start + length)).every((gram) => has.has(gram))).toBe(true)
      }),
    )
  })

  it('tell a pair from its characters apart', () => {
    const has = new Set(gramsOf('他来，了'))
    expect(gramsOfPhrase('他来').every((gram) => has.has(gram))).toBe(true)
    expect(gramsOfPhrase('来了').every((gram) => has.has(gram))).toBe(false)
    expect(gramsOfPhrase('了').every((gram) => has.has(gram))).toBe(true)
  })
})

describe('the blocks of a text', () => {
  it('cover every code point once, overlap by a phrase, and keep the original where folding changed it', () => {
    for (const text of ['', '好。', '他來ＡＢ𠀀😀。\n'.repeat(900), 'x'.repeat(2_000), '𠀀'.repeat(3_001)]) {
      const points = [...text]
      let reached = 0
      for (const block of searchBlocks(text)) {
        expect(block.start).toBe(reached)
        const original = points.slice(block.start).join('').slice(0, (block.original ?? block.text).length)
        expect(block.original ?? block.text).toBe(original)
        expect(block.text).toBe(foldText(original))
        expect([...block.text].length).toBeGreaterThanOrEqual(Math.min(points.length - block.start, block.end - block.start + longestPhrase / 2))
        reached = block.end
      }
      expect(reached).toBe(points.length)
    }
  })
})

describe('the places of terms', () => {
  it('are in order, and none lies over another', () => {
    expect(placesOf(['自己', '己的'], '自己的自己')).toEqual([{ from: 0, to: 2 }, { from: 3, to: 5 }])
    expect(placesOf(['哈哈'], '哈哈哈哈哈')).toEqual([{ from: 0, to: 2 }, { from: 2, to: 4 }])
    expect(placesOf(['没有'], '有')).toEqual([])
  })
})
