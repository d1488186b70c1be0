import { ticksBetween } from '@/app/_ui/chart/scale'
import type { Stretch } from '@/lib/stages/training/stretches'

export const axisKinds = ['step', 'epoch', 'time'] as const
export type AxisKind = (typeof axisKinds)[number]

/** Where a step stands on the axis across: steps, passes over the pairs, or seconds of training. */
export type Axis = { kind: AxisKind; xOf(step: number): number }

export const stepAxis: Axis = { kind: 'step', xOf: (step) => step }

/** The axis of a kind; of steps where there is nothing to reckon the other from. `seconds` are those of every step. */
export function axisOf(kind: AxisKind, stepsPerEpoch: number, seconds: readonly Stretch[]): Axis {
  if (kind === 'epoch' && stepsPerEpoch > 0) return { kind, xOf: (step) => step / stepsPerEpoch }
  if (kind === 'time' && seconds.length > 0) return { kind, xOf: secondsUntil(seconds) }
  return stepAxis
}

/** Seconds that training had taken when a step ended: the sum of the steps up to it, a stretch's spread evenly over it. */
function secondsUntil(stretches: readonly Stretch[]): (step: number) => number {
  const begun: number[] = []
  let total = 0
  for (const { mean, count } of stretches) {
    begun.push(total)
    total += mean * count
  }
  return (step) => {
    let [low, high] = [0, stretches.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((stretches[middle]?.first ?? Infinity) <= step) low = middle + 1
      else high = middle
    }
    const stretch = stretches[low - 1]
    if (!stretch) return 0
    const share = Math.min(1, (step - stretch.first + 1) / (stretch.last - stretch.first + 1))
    return (begun[low - 1] ?? 0) + stretch.mean * stretch.count * share
  }
}

/** Gaps between marks of time, in seconds, up to a day; of longer ones whole days. */
const gapsOfTime = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400]

/** Where the axis across is marked: at round numbers, of time at round parts of minutes, hours and days. */
export function acrossTicks(kind: AxisKind, ends: readonly [number, number], count = 6): number[] {
  const [low, high] = ends
  if (kind !== 'time' || high - low < count) return ticksBetween(ends, 'linear', count)
  const rough = (high - low) / count
  const gap = gapsOfTime.find((each) => each >= rough) ?? Math.ceil(rough / 86_400) * 86_400
  const first = Math.ceil(low / gap)
  return Array.from({ length: Math.floor(high / gap) - first + 1 }, (_, at) => (first + at) * gap)
}
