import { describe, expect, it } from 'vitest'
import { countedCharacters } from '@/lib/scoring/counted-characters'
import { lengthScore } from '@/lib/scoring/length-score'

describe('counted characters', () => {
  it('are those that are neither marks nor white space', () => {
    expect(countedCharacters('“他走了。”\n\n　　她——没有回头……\u200b')).toBe(8)
  })

  it('are code points, Latin and digits among them', () => {
    expect(countedCharacters('𠮷野家3号 A座')).toBe(7)
    expect(countedCharacters('。\n')).toBe(0)
  })
})

describe('the length score', () => {
  it('is LongWriter’s at its corners and in between', () => {
    expect(lengthScore(800, 800)).toBe(100)
    expect(lengthScore(1600, 800)).toBeCloseTo(100 * (2 / 3), 10)
    expect(lengthScore(3200, 800)).toBe(0)
    expect(lengthScore(400, 800)).toBe(50)
    expect(lengthScore(266, 800)).toBe(0)
    expect(lengthScore(0, 800)).toBe(0)
  })

  it('wants a target', () => {
    expect(() => lengthScore(800, 0)).toThrow(RangeError)
  })
})
