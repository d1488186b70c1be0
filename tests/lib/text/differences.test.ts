import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differenceOf, paragraphDifferences } from '@/lib/text/differences'

const joined = (pieces: readonly { text: string }[]) => pieces.map(({ text }) => text).join('')

describe('the difference of two texts', () => {
  it('has both texts whole, and in the same places what both have', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('天', '地', '，', '\n', '😀') }), fc.string({ unit: fc.constantFrom('天', '地', '，', '\n', '😀') }), (one, two) => {
        const { first, other } = differenceOf(one, two)
        expect(joined(first)).toBe(one)
        expect(joined(other)).toBe(two)
        const shared = (pieces: typeof first) => joined(pieces.filter(({ alone }) => !alone))
        expect(shared(first)).toBe(shared(other))
      }),
    )
  })

  it('marks the characters that changed and nothing else', () => {
    expect(differenceOf('他在灯下写信。', '他在灯前写信')).toEqual({
      first: [{ text: '他在灯', alone: false }, { text: '下', alone: true }, { text: '写信', alone: false }, { text: '。', alone: true }],
      other: [{ text: '他在灯', alone: false }, { text: '前', alone: true }, { text: '写信', alone: false }],
    })
  })

  it('of texts that have nothing in common is both as wholes, soon', () => {
    const [one, two] = ['天地'.repeat(20_000), '玄黄'.repeat(20_000)]
    expect(differenceOf(one, two)).toEqual({ first: [{ text: one, alone: true }], other: [{ text: two, alone: true }] })
  })

  it('by paragraphs counts those that are the same and shows what stands in place of the others', () => {
    expect(paragraphDifferences('一\n　二二二\n三\n\n四', '一\n二二贰\n三\n四\n五')).toEqual([
      { same: 1 },
      { first: [{ text: '二二', alone: false }, { text: '二', alone: true }], other: [{ text: '二二', alone: false }, { text: '贰', alone: true }] },
      { same: 2 },
      { first: [], other: [{ text: '五', alone: true }] },
    ])
    expect(paragraphDifferences('一\n二', '一\n\n二')).toEqual([{ same: 2 }])
  })
})
