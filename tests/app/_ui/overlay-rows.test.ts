import { expect, it } from 'vitest'
import { overlayRows } from '@/app/_ui/overlay-rows'

const points = (values: Record<number, number>) => Object.entries(values).map(([step, value]) => ({ step: Number(step), value }))

it('puts several curves beside each other by step, each where it has a value', () => {
  expect(overlayRows([points({ 0: 4, 10: 3 }), points({ 5: 3.5, 10: 2.9, 20: 2.8 })])).toEqual([
    { step: 0, run0: 4 },
    { step: 5, run1: 3.5 },
    { step: 10, run0: 3, run1: 2.9 },
    { step: 20, run1: 2.8 },
  ])
  expect(overlayRows([[], []])).toEqual([])
})
