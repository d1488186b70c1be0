import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binsOf } from '@/app/_ui/bins'

describe('binsOf', () => {
  it('counts every value once, in bins that touch', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { minLength: 1 }), fc.integer({ min: 1, max: 30 }), (values, count) => {
        const bins = binsOf(values, count)
        expect(bins.length).toBeLessThanOrEqual(count)
        expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(values.length)
        expect(bins.every((bin, at) => at === 0 || bin.from === bins[at - 1]?.to)).toBe(true)
      }),
    )
  })

  it('has no bins for nothing', () => {
    expect(binsOf([], 9)).toEqual([])
  })
})
