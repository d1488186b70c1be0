import { describe, expect, it } from 'vitest'
import { agreement } from '@/lib/scoring/agreement'
import { bradleyTerry, type Comparison } from '@/lib/scoring/bradley-terry'
import { ranking } from '@/lib/scoring/ranking'

function wins(left: number, right: number, times: number): Comparison[] {
  return Array.from({ length: times }, () => ({ left, right, winner: 'left' as const }))
}

describe('Bradley–Terry', () => {
  it('gives the published strengths of the American League’s 1987 season', () => {
    // Agresti, Categorical Data Analysis, table 10.10: wins of each row over each column.
    const table = [
      [0, 7, 9, 7, 7, 9, 11],
      [6, 0, 7, 5, 11, 9, 9],
      [4, 6, 0, 7, 7, 8, 12],
      [6, 8, 6, 0, 6, 7, 10],
      [6, 2, 6, 7, 0, 7, 12],
      [4, 4, 5, 6, 6, 0, 6],
      [2, 4, 1, 3, 1, 7, 0],
    ]
    const { strengths, tie } = bradleyTerry(7, table.flatMap((row, left) => row.flatMap((times, right) => wins(left, right, times))), 0)
    const last = strengths[6] ?? 0
    const published = [1.58, 1.44, 1.29, 1.25, 1.11, 0.68, 0]
    published.forEach((strength, team) => expect((strengths[team] ?? 0) - last).toBeCloseTo(strength, 1))
    expect(tie).toBe(0)
  })

  it('takes ties as Davidson does', () => {
    // Two alike, a third of the comparisons tied: ν/(2+ν) = 1/3.
    const { strengths, tie } = bradleyTerry(2, [...wins(0, 1, 2), ...wins(1, 0, 2), { left: 0, right: 1, winner: 'tie' }, { left: 1, right: 0, winner: 'tie' }], 0)
    expect(strengths[0]).toBeCloseTo(0, 8)
    expect(tie).toBeCloseTo(1, 6)
  })

  it('keeps a model that won everything within bounds', () => {
    const { strengths } = bradleyTerry(3, [...wins(0, 1, 5), ...wins(1, 2, 5)])
    expect(strengths[0]).toBeGreaterThan(strengths[1] ?? 0)
    expect(strengths.every(Number.isFinite)).toBe(true)
  })
})

describe('a ranking', () => {
  it('is said to be undecided when it is', () => {
    const clear = ranking(2, [...wins(0, 1, 40), ...wins(1, 0, 5)])
    expect(clear.models.map(({ model }) => model)).toEqual([0, 1])
    expect(clear.undecided).toEqual([])
    const close = ranking(2, [...wins(1, 0, 6), ...wins(0, 1, 5)])
    expect(close.undecided).toEqual([[1, 0]])
    for (const { rating, low, high } of close.models) expect(low < rating && rating < high).toBe(true)
  })

  it('is the same each time, and says nothing without votes', () => {
    const votes = [...wins(0, 1, 6), ...wins(1, 2, 5), ...wins(2, 0, 3)]
    expect(ranking(3, votes)).toEqual(ranking(3, votes))
    expect(ranking(2, []).undecided).toEqual([[0, 1]])
  })
})

describe('agreement', () => {
  it('is Krippendorff’s own example for nominal values', () => {
    const observers = ['123321412...', '1233224125.3', '.3332342251.', '12332441251.']
    const units = Array.from({ length: 12 }, (_, unit) => observers.map((row) => row[unit] ?? '.').filter((value) => value !== '.'))
    expect(agreement(units)).toBeCloseTo(0.743, 3)
  })

  it('is 1 where all agree and cannot be said of single votes', () => {
    expect(agreement([['a', 'a'], ['b', 'b', 'b']])).toBe(1)
    expect(agreement([['a'], ['b']])).toBeNull()
    expect(agreement([['a', 'a']])).toBeNull()
  })
})
