import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atRow, layoutOf, rowNear, rowOf, rowsAround } from '@/app/projects/[projectId]/novels/[novelId]/_layout'
import { partAt, partCount, partLength, readParts } from '@/app/projects/[projectId]/novels/[novelId]/_parts'
import type { ReadingChapter } from '@/lib/stages/novels/reading'
import { clutterIn } from '@/lib/text/clutter'
import { codePoints } from '@/lib/text/counts'

const chapter = (text: string, cuts: ReadingChapter['cuts'] = []): ReadingChapter => ({
  id: 7, novelId: 1, ordinal: 0, heading: '一', headingEvidence: 'numbered', text, characters: codePoints(text), measuredRegister: 'modern', functionDensity: 80, clauseLength: 6,
  deShare: 0.5, classicalShare: 0, registerRules: 1, registerByPerson: null, taking: 'by_register', role: 'drawn', active: true, place: 0, madeById: null, replacedById: null,
  clutterRules: 1, traditional: 0, indexed: true, clutter: clutterIn(text), cuts,
})
const paragraphs = (of: ReadingChapter, from = 0, count = partCount(of.characters)) => readParts(of, from, count).flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'paragraph' ? [block] : [])))

describe('readParts', () => {
  it('gives every paragraph once, wherever the parts are asked for, and says where each begins', () => {
    const piece = fc.constantFrom('他走了。', '𠀀𠀁', '\n', '很长的一段话，'.repeat(60), '求月票！')
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 40 }), (pieces) => {
        const whole = chapter(pieces.join('').trim())
        if (whole.text === '') return
        const all = paragraphs(whole)
        expect(all.map(({ text }) => text).join('')).toBe(whole.text.replace(/\n/g, ''))
        for (const { at, text } of all) expect([...whole.text].slice(at).join('').startsWith(text)).toBe(true)
        const oneByOne = Array.from({ length: partCount(whole.characters) }, (_, part) => readParts(whole, part, 1)).flat()
        expect(oneByOne).toEqual(readParts(whole, 0, partCount(whole.characters)))
      }),
      { numRuns: 60 },
    )
  })

  it('leaves a paragraph whole that is longer than a part, and cuts one that never ends', () => {
    expect(paragraphs(chapter(`${'字'.repeat(900)}\n短。`)).map(({ text }) => text.length)).toEqual([900, 2])
    const endless = paragraphs(chapter('字'.repeat(10_000)))
    expect(Math.max(...endless.map(({ text }) => text.length))).toBeLessThanOrEqual(1_500)
    expect(endless.map(({ begins }) => begins).filter(Boolean)).toHaveLength(1)
  })

  it('marks clutter and the passages’ cuts where they are', () => {
    const text = `${'甲。'.repeat(200)}\n乙说。求月票！`
    const at = text.indexOf('乙')
    const blocks = readParts(chapter(text, [{ ordinal: 3, start: at, end: text.length, midParagraph: false }]), 0, 9).flatMap((part) => part.blocks)
    expect(blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'cut', 'paragraph'])
    expect(blocks[2]).toMatchObject({ at, marks: [{ kind: 'plea', from: 3, to: 7 }] })
  })
})

describe('the layout of a novel', () => {
  const lines = [1000, 1, 299, 301].map((characters, index) => ({ id: index + 10, heading: '', characters, place: index, leftOut: false }))
  const layout = layoutOf(lines)

  it('puts all parts in one row and finds each again', () => {
    expect(layout.total).toBe(4 + 1 + 1 + 2)
    for (let row = 0; row < layout.total; row += 1) {
      const place = atRow(layout, row)
      expect(place && rowOf(layout, place.chapter.id, place.part)).toBe(row)
    }
    expect(atRow(layout, 7)).toMatchObject({ chapter: { id: 13 }, part: 1 })
    expect(rowOf(layout, 13, 99)).toBe(7)
    expect([partAt(0, 1000), partAt(partLength, 1000), partAt(5000, 1000)]).toEqual([0, 1, 3])
  })

  it('finds the place again after a change of the chapters', () => {
    const merged = layoutOf([...lines.slice(0, 1), { id: 20, heading: '', characters: 300, place: 1, leftOut: false }, ...lines.slice(3)])
    expect(rowNear(layout, 2, merged)).toBe(2)
    expect(rowNear(layout, 5, merged)).toBe(4)
    expect(rowNear(layout, 7, merged)).toBe(6)
  })
})

describe('rowsAround', () => {
  const line = (id: number, parts: number) => ({ id, heading: '', characters: parts * partLength, place: id, leftOut: false })
  const layout = layoutOf([line(1, 10), line(2, 10)])

  it('are those in sight and two on either side, within the novel', () => {
    expect(rowsAround(layout, 4, 5, () => false)).toEqual([2, 3, 4, 5, 6, 7])
    expect(rowsAround(layout, 0, 1, () => false)).toEqual([0, 1, 2, 3])
    expect(rowsAround(layout, 18, 19, () => false)).toEqual([16, 17, 18, 19])
  })

  it('reach beyond parts that a long paragraph left empty, but draw a chapter that is empty for its heading', () => {
    expect(rowsAround(layout, 1, 2, ({ part }) => part >= 3 && part <= 6)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
    expect(rowsAround(layout, 8, 8, ({ chapter, part }) => chapter.id === 2 && part <= 1)).toEqual([6, 7, 8, 9, 10])
    expect(rowsAround(layout, 1, 1, () => true)).toHaveLength(8)
  })
})
