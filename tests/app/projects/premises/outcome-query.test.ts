import { describe, expect, it } from 'vitest'
import { outcomeHref, outcomeQueryOf } from '@/app/projects/[projectId]/premises/[premiseRunId]/_outcome-query'

describe('the address of a run’s outcomes', () => {
  it('says what is shown, and what it does not say right is as if unsaid', () => {
    expect(outcomeQueryOf({ outcome: 'refused', flaw: 'copied', score: '4', order: 'novel', page: '3' })).toEqual({ outcome: 'refused', flaw: 'copied', style: null, score: 4, order: 'novel', page: 3 })
    expect(outcomeQueryOf({ outcome: 'bad', flaw: ['a', 'b'], score: '9', order: '', page: '-1' })).toEqual({ outcome: null, flaw: null, style: null, score: null, order: null, page: 1 })
    expect(outcomeQueryOf({})).toEqual({ outcome: null, flaw: null, style: null, score: null, order: null, page: 1 })
  })

  it('combines filters, and begins another one at its first page', () => {
    const now = outcomeQueryOf({ outcome: 'good', score: '5', page: '2' })
    expect(outcomeHref('/run', now, { page: 3 })).toBe('/run?outcome=good&score=5&page=3')
    expect(outcomeHref('/run', now, { flaw: 'leak' })).toBe('/run?outcome=good&flaw=leak&score=5')
    expect(outcomeHref('/run', now, { outcome: null, score: null })).toBe('/run')
  })
})
