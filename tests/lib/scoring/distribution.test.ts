import { describe, expect, it } from 'vitest'
import { axisOver, type Distribution, quantile, sharesOn, steps, worstOf } from '@/lib/scoring/distribution'
import { winners } from '@/lib/scoring/winners'

/** What PostgreSQL's percentile_disc gives of these values. */
function of(values: number[]): Distribution {
  const sorted = values.toSorted((one, other) => one - other)
  const quantiles = Array.from({ length: steps + 1 }, (_, step) => sorted[Math.max(0, Math.ceil((step / steps) * sorted.length) - 1)] ?? 0)
  return { count: values.length, mean: values.reduce((sum, value) => sum + value, 0) / values.length, quantiles }
}

describe('a distribution', () => {
  it('has its middle, its halves and a worst end that follows from what is better', () => {
    const spread = of([10, 20, 30, 40, 50])
    expect([0.25, 0.5, 0.75].map((share) => quantile(spread, share))).toEqual([20, 30, 40])
    expect([worstOf(spread, 'more'), worstOf(spread, 'less'), worstOf(spread, 'neither')]).toEqual([10, 50, null])
  })

  it('lies whole on a round axis that several share', () => {
    const [low, high] = [of([0.02, 0.031]), of([0.2, 0.39])]
    const axis = axisOver([low, high], 10)
    expect(axis?.width).toBeCloseTo(0.05)
    for (const spread of [low, high]) {
      const shares = axis ? sharesOn(axis, spread) : []
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
      expect(shares.length).toBeLessThanOrEqual(11)
    }
    expect(axis && sharesOn(axis, low)[0]).toBeCloseTo(1)
    expect(axisOver([of([7, 7])])).toEqual({ from: 7, width: 1, bins: 1 })
    expect(axisOver([])).toBeNull()
  })
})

describe('the winners of a measure', () => {
  it('are the best, several where they are alike, none where all are or nothing is better', () => {
    expect(winners([3, 5, 5, null], 'more')).toEqual([1, 2])
    expect(winners([3, 5, 5, null], 'less')).toEqual([0])
    expect(winners([5, 5, null], 'more')).toEqual([])
    expect(winners([5, null], 'more')).toEqual([])
    expect(winners([3, 5], 'neither')).toEqual([])
  })
})
