import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joined, mapped, pointsOf, smoothedCurve, stretchAt } from '@/app/_ui/chart/curve'
import type { Stretch } from '@/lib/stages/training/stretches'
import { stretchesOf } from '@/tests/support/stretches'

const steps = (values: readonly number[]) => stretchesOf(values.map((value, at) => ({ step: at + 1, value })))
const wave = steps(Array.from({ length: 10_000 }, (_, at) => Math.sin(at / 500) + (at === 4_123 ? 9 : 0)))

describe('stretches joined', () => {
  it('keep lowest, highest and mean, and their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 70 }), (values, most) => {
        const few = joined(steps(values), most)
        expect(few.length).toBeLessThanOrEqual(most)
        expect(few.map(({ first }) => first)).toEqual(few.map(({ first }) => first).toSorted((a, b) => a - b))
        expect(few.reduce((sum, { count }) => sum + count, 0)).toBe(values.length)
        for (const { first, last, mean, low, lowStep, high, highStep } of few) {
          const part = values.slice(first - 1, last)
          expect([low, high]).toEqual([Math.min(...part), Math.max(...part)])
          expect([values[lowStep - 1], values[highStep - 1]]).toEqual([low, high])
          expect(mean).toBeCloseTo(part.reduce((sum, value) => sum + value, 0) / part.length, 9)
        }
      }),
    )
  })

  it('are drawn by their ends in the order of the steps, so that no peak is lost', () => {
    const points = pointsOf(joined(wave, 700))
    expect(points.length).toBeLessThanOrEqual(1_400)
    expect(points).toContainEqual({ step: 4_124, value: expect.closeTo(Math.sin(4_123 / 500) + 9) })
    expect(points.every((point, at) => at === 0 || point.step > (points[at - 1]?.step ?? Infinity))).toBe(true)
    expect(pointsOf(steps([5]))).toEqual([{ step: 1, value: 5 }])
  })
})

describe('a smoothed curve', () => {
  it('starts at the first value, stays on a level one, and lies between what it has seen', () => {
    for (const { value } of smoothedCurve(steps([4, 4, 4]), 0.9)) expect(value).toBeCloseTo(4)
    expect(smoothedCurve(steps([0, 10]), 0.5)[1]?.value).toBeCloseTo(20 / 3)
    expect(smoothedCurve(steps([7, 1, 3]), 0).map(({ value }) => value)).toEqual([7, 1, 3])
  })

  it('is nearly the same of stretches as of their steps', () => {
    const fine = smoothedCurve(wave, 0.99)
    for (const { step, value } of smoothedCurve(joined(wave, 500), 0.99).slice(5)) expect(Math.abs(value - (fine[step - 1]?.value ?? 0))).toBeLessThan(0.05)
  })

  it('of a part goes on from what came before it', () => {
    const whole = smoothedCurve(wave, 0.99)
    const part = smoothedCurve(wave.slice(5_000, 5_010), 0.99, wave)
    for (const [at, { value }] of part.entries()) expect(value).toBeCloseTo(whole[5_000 + at]?.value ?? 0)
  })
})

it('a step is found in the stretch that holds it, or the last before it', () => {
  const stretches: Stretch[] = [...joined(steps([1, 2, 3, 4]), 2), ...stretchesOf([{ step: 9, value: 5 }])]
  expect([0, 1, 2, 3, 4, 7, 9, 99].map((step) => stretchAt(stretches, step)?.first)).toEqual([undefined, 1, 1, 3, 3, 3, 9, 9])
})

it('a loss becomes a perplexity, ends and mean alike', () => {
  const [one] = mapped(joined(steps([0, 2]), 1), Math.exp)
  expect(one).toMatchObject({ low: 1, high: Math.exp(2), mean: Math.E, lowStep: 1, highStep: 2 })
})
