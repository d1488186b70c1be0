import type { Stretch } from '@/lib/stages/training/stretches'

/** How a curve is told from its neighbours: by colour and by dash, in both themes and for every eye. */
export type CurveLook = { colour: 'azurite' | 'malachite' | 'gamboge' | 'plum' | 'ochre' | 'ink'; dash: string | undefined }

/** The looks of up to six curves of one chart, in order; cinnabar is for what is to be done. */
export const curveLooks: readonly CurveLook[] = [
  { colour: 'azurite', dash: undefined },
  { colour: 'gamboge', dash: '7 3' },
  { colour: 'malachite', dash: '2 3' },
  { colour: 'plum', dash: '10 3 2 3' },
  { colour: 'ochre', dash: '4 4' },
  { colour: 'ink', dash: '1 4' },
]

export type Curve = {
  key: string
  name: string
  look: CurveLook
  /** `line`: raw and, where the chart smooths, smoothed over it; `dots`: few values, each a dot, never smoothed. */
  kind: 'line' | 'dots'
  /** In the order of the steps. */
  stretches: readonly Stretch[]
  /** The curve from its beginning, where `stretches` is only a part of it: smoothing goes on from what came before. */
  before?: readonly Stretch[]
}

/** Every value of the stretches put through a function that only grows (exp: from loss to perplexity). */
export function mapped(stretches: readonly Stretch[], grow: (value: number) => number): Stretch[] {
  return stretches.map((stretch) => ({ ...stretch, mean: grow(stretch.mean), low: grow(stretch.low), high: grow(stretch.high) }))
}

/** The points that draw a stretch: its lowest and its highest value, in their order, or its only one. */
export function pointsOf(stretches: readonly Stretch[]): { step: number; value: number }[] {
  return stretches.flatMap(({ low, lowStep, high, highStep }) => {
    const [a, b] = [{ step: lowStep, value: low }, { step: highStep, value: high }]
    if (lowStep === highStep) return [a]
    return lowStep < highStep ? [a, b] : [b, a]
  })
}

/**
 * Running exponential mean, corrected for its start: the smoothed value at the last step of every stretch. A stretch
 * counts as its mean as often as it has values. `weight` in [0, 1); what lies before the first stretch goes in first.
 */
export function smoothedCurve(stretches: readonly Stretch[], weight: number, before: readonly Stretch[] = []): { step: number; value: number }[] {
  const start = stretches[0]?.first ?? 0
  let [sum, share] = [0, 0]
  const take = ({ mean, count }: Stretch) => {
    const kept = weight ** count
    sum = kept * sum + (1 - kept) * mean
    share = kept * share + (1 - kept)
  }
  for (const stretch of before) if (stretch.last < start) take(stretch)
  return stretches.map((stretch) => {
    take(stretch)
    return { step: stretch.last, value: sum / share }
  })
}

/** The stretch that holds a step, or the last before it; undefined before the first. */
export function stretchAt(stretches: readonly Stretch[], step: number): Stretch | undefined {
  let [low, high] = [0, stretches.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stretches[middle]?.first ?? Infinity) <= step) low = middle + 1
    else high = middle
  }
  return stretches[low - 1]
}

/** Neighbours joined until at most `most` are left; lowest, highest and mean stay true. */
export function joined(stretches: readonly Stretch[], most: number): Stretch[] {
  const size = Math.ceil(stretches.length / most)
  if (size <= 1) return [...stretches]
  const groups: Stretch[] = []
  for (let at = 0; at < stretches.length; at += size) {
    const group = stretches.slice(at, at + size).reduce((a, b) => ({
      first: a.first,
      last: b.last,
      count: a.count + b.count,
      mean: (a.mean * a.count + b.mean * b.count) / (a.count + b.count),
      ...(b.low < a.low ? { low: b.low, lowStep: b.lowStep } : { low: a.low, lowStep: a.lowStep }),
      ...(b.high > a.high ? { high: b.high, highStep: b.highStep } : { high: a.high, highStep: a.highStep }),
    }))
    groups.push(group)
  }
  return groups
}
