import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Block, readingPart } from '@/app/projects/[projectId]/novels/[novelId]/_reading'

const cut = (ordinal: number, start: number, end: number) => ({ ordinal, start, end, midParagraph: false })
const shown = (blocks: readonly Block[]) =>
  blocks.map((block) => {
    if (block.kind === 'paragraph') return block.begins ? block.text : `…${block.text}`
    return block.kind === 'end' ? '⊥' : `#${block.cut.ordinal}${block.midParagraph ? '~' : ''}`
  })

describe('readingPart', () => {
  it('draws a mark where each passage begins, and says when that is inside a paragraph', () => {
    const { blocks } = readingPart('一二三。\n四五六。七八九。\n十。', [cut(0, 0, 9), cut(1, 9, 16)], { part: 1 })
    expect(shown(blocks)).toEqual(['#0', '一二三。', '四五六。', '#1~', '…七八九。', '十。'])
  })

  it('marks where a passage ends and none follows', () => {
    const { blocks } = readingPart('一。\n二。\n三。', [cut(4, 0, 3)], { part: 1 })
    expect(shown(blocks)).toEqual(['#4', '一。', '⊥', '二。', '三。'])
  })

  it('counts characters, not units', () => {
    const { blocks } = readingPart('𠀀𠀁。\n次。', [cut(0, 4, 6)], { part: 1 })
    expect(shown(blocks)).toEqual(['𠀀𠀁。', '#0', '次。'])
  })

  it('divides a long text between lines and finds the part that holds a passage', () => {
    const text = Array.from({ length: 3000 }, (_, at) => `第${at}行的字。`).join('\n')
    const start = text.indexOf('第2500行')
    const cuts = [cut(0, 0, 100), cut(1, start, start + 100)]
    const found = readingPart(text, cuts, { passageStart: start })
    expect(found.part).toBe(2)
    expect(shown(found.blocks)).toContain('#1')
    expect(shown(found.blocks)).not.toContain('#0')
  })

  it('loses no character, whatever the text and the cuts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(fc.nat(200), { maxLength: 6 }), (text, places) => {
        const ends = [...new Set(places)].sort((a, b) => a - b)
        const cuts = ends.slice(1).map((end, at) => cut(at, ends[at] ?? 0, end))
        const { blocks } = readingPart(text, cuts, { part: 1 })
        const drawn = blocks.map((block) => (block.kind === 'paragraph' ? block.text : '')).join('')
        expect(drawn.replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''))
      }),
    )
  })
})
