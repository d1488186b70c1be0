import { describe, expect, it } from 'vitest'
import { resultLine } from '@/bin/whole-job/result-line'

describe('what a finished step gave', () => {
  it('is said in the reader’s words, and no other number of the result with it', () => {
    const job = { result: { found: 412, kept: 96, characters: 48_211, bytes: 7 } }
    expect(resultLine('passages', job, 'en')).toBe('412 found, 96 kept, 48211 characters')
    expect(resultLine('passages', job, 'zh')).toBe('找到 412 个，取用 96 个，48211 字')
  })

  it('leaves out a nought that would only be noise', () => {
    expect(resultLine('novels', { result: { accepted: 3, rejected: 0, refused: false } }, 'en')).toBe('3 accepted')
    expect(resultLine('novels', { result: { accepted: 0, rejected: 2 } }, 'en')).toBe('0 accepted, 2 rejected')
  })

  it('is nothing where there is nothing to count', () => {
    expect(resultLine('merge', { result: { sha256: 'x', bytes: 9, parameters: 9 } }, 'zh')).toBe('')
    expect(resultLine('stories', { result: null }, 'en')).toBe('')
  })
})
