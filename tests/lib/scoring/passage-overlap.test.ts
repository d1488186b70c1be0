import { describe, expect, it } from 'vitest'
import { PassageIndex, shortestRun } from '@/lib/scoring/passage-overlap'
import { drawer } from '@/lib/draw'

/** Characters drawn from some thousands: no two stretches of them are alike by chance. */
function prose(length: number, seed: number): string {
  const draw = drawer(seed)
  return Array.from({ length }, () => String.fromCharCode(0x4e00 + Math.floor(draw() * 5000))).join('')
}

const passages = [prose(400, 1), prose(7, 2), prose(400, 3)]
const index = new PassageIndex()
for (const passage of passages) index.add(passage)
const [first = '', , third = ''] = passages

describe('the overlap of a story with passages', () => {
  it('is nothing where nothing was copied', () => {
    expect(index.overlapOf(prose(800, 4))).toEqual({ share: 0, longest: null })
    expect(index.overlapOf('')).toEqual({ share: 0, longest: null })
  })

  it.each(Array.from({ length: 8 }, (_, from) => from))('finds a run just long enough wherever it begins (%d)', (from) => {
    const run = third.slice(100 + from, 100 + from + shortestRun)
    const story = `${prose(30, 5)}${run}${prose(50, 6)}`
    expect(index.overlapOf(story)).toEqual({ share: shortestRun / story.length, longest: { text: run, passage: 2 } })
  })

  it('adds up several and names the longest, white space or not', () => {
    const [short, long] = [first.slice(10, 40), third.slice(200, 260)]
    const story = `${short}${prose(40, 7)}${long.slice(0, 25)}\n\n　　${long.slice(25)}`
    expect(index.overlapOf(story)).toEqual({ share: 90 / 130, longest: { text: long, passage: 2 } })
  })

  it('does not run from one passage into the next', () => {
    const overlap = index.overlapOf(first.slice(-30) + (passages[1] ?? '') + third.slice(0, 30))
    expect(overlap.share).toBeCloseTo(60 / 67, 10)
    expect(overlap.longest?.text).toBe(first.slice(-30))
  })

  it('is all of a story that is a passage', () => {
    expect(index.overlapOf(first)).toEqual({ share: 1, longest: { text: first, passage: 0 } })
  })
})
