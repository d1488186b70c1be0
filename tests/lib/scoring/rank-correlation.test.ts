import { describe, expect, it } from 'vitest'
import { rankCorrelation, ranksOf } from '@/lib/scoring/rank-correlation'

describe('Spearman’s rank correlation', () => {
  it('gives equal values their mean rank', () => {
    expect(ranksOf([10, 30, 20, 30])).toEqual([1, 3.5, 2, 3.5])
  })

  it('is 1 - 6Σd²/(n(n²-1)) where there are no ties', () => {
    // Ranks 1 2 3 4 5 against 1 3 2 5 4: d² is 0 + 1 + 1 + 1 + 1, so 1 - 6·4 / (5·24) = 0.8.
    expect(rankCorrelation([[1, 1], [2, 3], [3, 2], [4, 6], [5, 4]])?.rho).toBeCloseTo(0.8, 10)
    expect(rankCorrelation([[1, 2], [2, 4], [3, 8]])?.rho).toBe(1)
    expect(rankCorrelation([[1, 9], [2, 4], [3, 1]])?.rho).toBe(-1)
  })

  it('says how often chance does as well: exactly for few, by drawing for many', () => {
    // Of six orders of three, the same and the reversed one are as strong.
    expect(rankCorrelation([[1, 2], [2, 4], [3, 8]])?.chance).toBeCloseTo(2 / 6, 10)
    const many = Array.from({ length: 12 }, (_, at) => [at, at * at] as const)
    expect(rankCorrelation(many)).toMatchObject({ points: 12, chance: 0 })
    expect(rankCorrelation(many)).toEqual(rankCorrelation(many))
  })

  it('is none for too few, and where one side is all alike', () => {
    expect(rankCorrelation([[1, 1], [2, 2]])).toBeNull()
    expect(rankCorrelation([[1, 5], [2, 5], [3, 5]])).toBeNull()
  })
})
