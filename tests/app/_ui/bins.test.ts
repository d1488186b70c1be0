import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisOf, binsOf, binsOfTally, binsOn } from '@/app/_ui/bins'

const round = /^[125]0*$/

describe('binsOf', () => {
  it('counts every value once, in bins that touch and whose edges are round', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20_000), { minLength: 1 }), fc.integer({ min: 1, max: 30 }), (values, count) => {
        const bins = binsOf(values, count)
        const width = (bins[0]?.to ?? 0) - (bins[0]?.from ?? 0)
        expect(bins.length).toBeLessThanOrEqual(count)
        expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(values.length)
        expect(bins.every((bin, at) => at === 0 || bin.from === bins[at - 1]?.to)).toBe(true)
        expect(String(width)).toMatch(round)
        expect(bins.every((bin) => bin.from % width === 0 && bin.to - bin.from === width)).toBe(true)
        for (const bin of bins) expect(values.filter((value) => value >= bin.from && value < bin.to)).toHaveLength(bin.count)
      }),
    )
  })

  it('ends at a round number', () => {
    expect(binsOf([412, 799, 1000], 24).map(({ from, to }) => [from, to])).toEqual(Array.from({ length: 13 }, (_, at) => [400 + at * 50, 450 + at * 50]))
  })

  it('has no bins for nothing', () => {
    expect(binsOf([], 9)).toEqual([])
  })
})

describe('a tally', () => {
  it('gives the bins of its values', () => {
    expect(binsOfTally([{ length: 3, count: 2 }, { length: 9, count: 1 }], 5)).toEqual(binsOf([3, 3, 9], 5))
  })

  it('can stand on an axis with another', () => {
    const [short, long] = [[{ length: 120, count: 4 }], [{ length: 980, count: 1 }]]
    const axis = axisOf([short, long], 10)
    expect(axis).toEqual({ from: 100, width: 100, bins: 9 })
    if (axis) expect(binsOn(axis, short).map(({ count }) => count)).toEqual([4, 0, 0, 0, 0, 0, 0, 0, 0])
  })
})
