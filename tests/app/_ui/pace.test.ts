import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paced } from '@/app/_ui/pace'

describe('paced', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_000_000 })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('begins at once, and once, however often it is asked', () => {
    const redraw = vi.fn()
    const pace = paced(redraw)
    for (let asked = 0; asked < 50; asked++) pace.ask()
    vi.advanceTimersByTime(1)
    expect(redraw).toHaveBeenCalledTimes(1)
  })

  it('begins no other before the last is done, and then not without a rest', () => {
    const redraw = vi.fn()
    const pace = paced(redraw)
    pace.ask()
    vi.advanceTimersByTime(1)
    pace.ask()
    vi.advanceTimersByTime(1000)
    expect(redraw).toHaveBeenCalledTimes(1)
    pace.done()
    vi.advanceTimersByTime(1900)
    expect(redraw).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(200)
    expect(redraw).toHaveBeenCalledTimes(2)
  })

  it('redraws at most four times a second under a storm of changes', () => {
    const redraw = vi.fn(() => queueMicrotask(() => pace.done()))
    const pace = paced(redraw)
    for (let passed = 0; passed < 10_000; passed += 10) {
      pace.ask()
      vi.advanceTimersByTime(10)
    }
    expect(redraw.mock.calls.length).toBeLessThanOrEqual(41)
  })

  it('goes on when a redraw is never said to be done', () => {
    const redraw = vi.fn()
    const pace = paced(redraw)
    pace.ask()
    vi.advanceTimersByTime(1)
    pace.ask()
    vi.advanceTimersByTime(60_000)
    expect(redraw).toHaveBeenCalledTimes(2)
  })

  it('begins nothing after its end', () => {
    const redraw = vi.fn()
    const pace = paced(redraw)
    pace.ask()
    pace.end()
    vi.advanceTimersByTime(10_000)
    expect(redraw).not.toHaveBeenCalled()
  })
})
