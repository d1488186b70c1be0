import { describe, expect, it } from 'vitest'
import { checkStateOf } from '@/lib/stages/pairs/check-state'
import { isValidationMissing } from '@/lib/stages/pairs/missing-validation'

const found = { pairs: 2, premiseGroups: 0, passageGroups: 1, leaks: 0, stamp: 'as it was' }
const job = (state: string) => ({ job: { state } })

describe('the state of a check', () => {
  it.each([
    ['current', null, found, false],
    ['current', 'failed', found, false],
    ['missing', null, null, false],
    ['missing', 'failed', null, false],
    ['stale', 'succeeded', found, true],
    ['checking', 'running', found, true],
    ['checking', 'queued', null, false],
  ] as const)('is %s with a job %s', (expected, state, what, isStale) => {
    expect(checkStateOf({ newest: state === null ? null : job(state), found: what, isStale })).toBe(expected)
  })
})

describe('a missing validation side', () => {
  it('is one that was asked for', () => {
    expect(isValidationMissing({ training: 1, validation: 0 }, 0.1)).toBe(true)
    expect(isValidationMissing({ training: 1, validation: 0 }, 0)).toBe(false)
    expect(isValidationMissing({ training: 9, validation: 1 }, 0.1)).toBe(false)
    expect(isValidationMissing({ training: 0, validation: 0 }, 0.1)).toBe(false)
  })
})
