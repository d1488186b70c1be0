import { describe, expect, it } from 'vitest'
import { byteSize, clock, remaining } from '@/app/_ui/duration'

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

describe('remaining', () => {
  it('goes by the speed so far', () => {
    expect(remaining(25, 100, 10_000)).toBe(30_000)
    expect(remaining(100, 100, 10_000)).toBe(0)
  })

  it('is unknown while nothing is done', () => {
    expect(remaining(0, 100, 10_000)).toBeNull()
    expect(remaining(3, 0, 10_000)).toBeNull()
  })
})

describe('byteSize', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [3_400_000, '3.4 MB'],
    [123_456_789, '123 MB'],
    [2 * 1024 ** 3, '2.1 GB'],
  ])('says %s as %s', (bytes, said) => {
    expect(byteSize(bytes, 'en')).toBe(said)
  })
})
