import { describe, expect, it } from 'vitest'
import { numbersIn, selectionOf, wholeSet } from '@/app/projects/[projectId]/premises/_selection'

describe('numbers of passages', () => {
  it.each([
    ['3, 18，42-45', [2, 17, 41, 42, 43, 44]],
    ['5 5 4至6', [3, 4, 5]],
    ['9-7', []],
    ['0, 一, -2', [1]],
    ['', []],
  ])('%j', (text, ordinals) => expect(numbersIn(text)).toEqual(ordinals))

  it('never name more than a range may', () => expect(numbersIn('1-99999999')).toHaveLength(20_001))
})

describe('a selection', () => {
  it('is none where it is the whole set', () => {
    expect(selectionOf(wholeSet)).toBeNull()
    expect(selectionOf({ ...wholeSet, size: '0' })).toBeNull()
    expect(selectionOf({ ...wholeSet, size: 'x' })).toBeNull()
  })

  it('is what is left out, and how many of the rest are drawn', () => {
    expect(selectionOf({ novels: [3], chapters: [7, 8], passages: '2-3, 10', size: '50', seed: 4 })).toEqual({ leaveOut: { novels: [3], chapters: [7, 8], passages: [1, 2, 9] }, sample: { size: 50, seed: 4 } })
  })
})
