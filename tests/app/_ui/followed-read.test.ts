import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { followedRead } from '@/app/_ui/followed-read'

beforeEach(() => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
})

/** A read whose tries go as said, the last one for ever; and what was told of it. */
function following(...outcomes: ('well' | 'badly')[]) {
  let reads = 0
  const told: boolean[] = []
  const followed = followedRead(async () => {
    const outcome = outcomes[Math.min(reads, outcomes.length - 1)]
    reads += 1
    if (outcome === 'badly') throw new Error('not reached')
  }, (isFailed) => told.push(isFailed))
  return { followed, told, reads: () => reads }
}

describe('a followed read', () => {
  it('that fails is made again by itself', async () => {
    const { followed, told, reads } = following('badly', 'badly', 'well')
    followed.go()
    await vi.runAllTimersAsync()
    expect(reads()).toBe(3)
    expect(told).toEqual([false])
  })

  it('has failed after four tries, and waits for a person or a change', async () => {
    const { followed, told, reads } = following('badly', 'badly', 'badly', 'badly', 'badly', 'well')
    followed.go()
    await vi.runAllTimersAsync()
    expect(reads()).toBe(4)
    expect(told).toEqual([true])
    followed.go()
    await vi.runAllTimersAsync()
    expect(told).toEqual([true, true])
    followed.go()
    await vi.runAllTimersAsync()
    expect(told).toEqual([true, true, false])
    expect(reads()).toBe(6)
  })

  it('is made once more for all that changes while it runs', async () => {
    const { followed, reads } = following('well')
    followed.go()
    followed.go()
    followed.go()
    await vi.runAllTimersAsync()
    expect(reads()).toBe(2)
  })

  it('is not made after its end', async () => {
    const { followed, told, reads } = following('badly')
    followed.go()
    await vi.advanceTimersByTimeAsync(1)
    followed.end()
    followed.go()
    await vi.runAllTimersAsync()
    expect(reads()).toBe(1)
    expect(told).toEqual([])
  })
})
