import type { Stretch } from '@/lib/stages/training/stretches'

/** Points as stretches of one value each, as a short run's curve has them. */
export function stretchesOf(points: readonly { step: number; value: number }[]): Stretch[] {
  return points.map(({ step, value }) => ({ first: step, last: step, count: 1, mean: value, low: value, lowStep: step, high: value, highStep: step }))
}
