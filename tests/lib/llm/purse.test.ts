import { describe, expect, it } from 'vitest'
import { Purse } from '@/lib/llm/purse'

const never = new AbortController().signal

describe('Purse', () => {
  it('sets aside what calls in flight may cost, so that together they cannot exceed the budget', async () => {
    const purse = new Purse(2, 10)
    expect(await purse.reserve(5, never)).toBe(true)
    const second = purse.reserve(4, never)
    purse.settle(5, 1)
    expect(await second).toBe(true)
    purse.settle(4, 3)
    expect(await purse.reserve(4.5, never)).toBe(false)
    expect(await purse.reserve(4, never)).toBe(true)
  })

  it('waits for calls in flight, and gives up when they leave too little, or when it is told to', async () => {
    const purse = new Purse(0, 10)
    await purse.reserve(9, never)
    const tooMuch = purse.reserve(2, never)
    purse.settle(9, 9)
    expect(await tooMuch).toBe(false)
    await purse.reserve(1, never)
    const pausing = new AbortController()
    const waiting = purse.reserve(1, pausing.signal)
    pausing.abort()
    expect(await waiting).toBe(false)
  })

  it('lets more through once the budget is raised or taken away', async () => {
    const purse = new Purse(0, 1)
    await purse.reserve(1, never)
    const waiting = purse.reserve(1, never)
    purse.setBudget(2)
    expect(await waiting).toBe(true)
    purse.setBudget(null)
    expect(await purse.reserve(1e9, never)).toBe(true)
  })
})
