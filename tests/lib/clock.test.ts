import { describe, expect, it } from 'vitest'
import { clock } from '@/lib/clock'

describe('clock', () => {
  it.each([
    [0, '0:00'],
    [482_000, '8:02'],
    [59_600, '1:00'],
    [4_809_000, '1:20:09'],
    [null, '–'],
    [-1, '–'],
    [Number.NaN, '–'],
  ])('shows %s ms as %s', (length, shown) => {
    expect(clock(length)).toBe(shown)
  })
})
