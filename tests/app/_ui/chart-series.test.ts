import { describe, expect, it } from 'vitest'
import { smoothed, thinned } from '@/app/_ui/chart-series'

const wave = Array.from({ length: 100_000 }, (_, step) => ({ step, value: Math.sin(step / 500) + (step === 41_234 ? 9 : 0) }))

describe('thinned', () => {
  it('keeps a short curve as it is', () => {
    expect(thinned(wave.slice(0, 1500), 1500)).toEqual(wave.slice(0, 1500))
  })

  it('keeps ends, peaks and order of a long one within the limit', () => {
    const few = thinned(wave, 1500)
    expect(few.length).toBeLessThanOrEqual(1500)
    expect(few.length).toBeGreaterThan(1000)
    expect(few[0]).toEqual(wave[0])
    expect(few.at(-1)).toEqual(wave.at(-1))
    expect(few).toContainEqual({ step: 41_234, value: expect.closeTo(Math.sin(41_234 / 500) + 9) })
    expect(few.every((point, at) => at === 0 || point.step > (few[at - 1]?.step ?? Infinity))).toBe(true)
  })

  it('takes nothing from nothing', () => {
    expect(thinned([], 10)).toEqual([])
  })
})

describe('smoothed', () => {
  it('starts at the first value and stays on a level curve', () => {
    const level = smoothed([4, 4, 4].map((value, step) => ({ step, value })), 0.9)
    for (const point of level) expect(point.value).toBeCloseTo(4)
  })

  it('lies between the values it has seen', () => {
    const [, second] = smoothed([{ step: 0, value: 0 }, { step: 1, value: 10 }], 0.5)
    expect(second?.value).toBeCloseTo(20 / 3)
  })
})
