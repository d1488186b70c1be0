import { describe, expect, it } from 'vitest'
import { drawer, seedOf, shuffled } from '@/lib/draw'

describe('seedOf', () => {
  it('is the same in every release and on every machine', () => {
    expect([seedOf(42, 0, 1), seedOf(42, 1, 0), seedOf(0, 0, 0)]).toEqual([1_753_484_811, 781_124_490, 1_952_781_802])
  })

  it('has 31 bits and another value for each item and try', () => {
    const seeds = new Set<number>()
    for (let item = 0; item < 1000; item += 1) for (let attempt = 1; attempt <= 4; attempt += 1) seeds.add(seedOf(7, item, attempt))
    expect(seeds.size).toBe(4000)
    for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true)
    expect(Math.max(...seeds)).toBeGreaterThan(2 ** 30)
  })

  it('does not take item 1, try 11 for item 11, try 1', () => {
    expect(seedOf(4, 1, 11)).not.toBe(seedOf(4, 11, 1))
    expect(seedOf(4, 21, 1)).not.toBe(seedOf(42, 1, 1))
  })
})

describe('shuffled', () => {
  const items = Array.from({ length: 50 }, (_, index) => index)
  it('keeps every item, leaves the input alone and repeats itself', () => {
    const once = shuffled(items, 42)
    expect([...once].sort((a, b) => a - b)).toEqual(items)
    expect(items[0]).toBe(0)
    expect(shuffled(items, 42)).toEqual(once)
    expect(shuffled(items, 43)).not.toEqual(once)
    expect(shuffled([], 1)).toEqual([])
  })

  it('favours no place', () => {
    const firsts = new Map<number, number>()
    for (let seed = 0; seed < 3000; seed += 1) {
      const first = shuffled([0, 1, 2], seed)[0] ?? -1
      firsts.set(first, (firsts.get(first) ?? 0) + 1)
    }
    for (const count of firsts.values()) expect(count).toBeGreaterThan(900)
  })

  it('draws from [0, 1)', () => {
    const draw = drawer(1)
    const drawn = Array.from({ length: 1000 }, draw)
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...drawn)).toBeLessThan(1)
    expect(new Set(drawn).size).toBe(1000)
  })
})
