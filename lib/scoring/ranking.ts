import { bradleyTerry, pairsOf, type Comparison } from '@/lib/scoring/bradley-terry'
import { quickDrawer } from '@/lib/draw'

/** A model's strength on Elo's scale (400 points are ten to one), with the interval that holds it nineteen times in twenty. */
export type Ranked = { model: number; rating: number; low: number; high: number }

/** `undecided`: pairs of models, the stronger first, whose difference may as well be the other way round. */
export type Ranking = { models: Ranked[]; undecided: [number, number][] }

const elo = 400 / Math.LN10

/**
 * Models from the strongest down, with intervals by the bootstrap (Efron 1979): the comparisons are drawn anew, with replacement, `draws`
 * times, and the middle 95 % of what comes out is the interval. The same comparisons and seed give the same intervals.
 */
export function ranking(models: number, comparisons: readonly Comparison[], { draws = 500, seed = 1 } = {}): Ranking {
  const { strengths } = bradleyTerry(models, comparisons)
  const draw = quickDrawer(seed)
  const resampled = Array.from({ length: draws }, () => {
    const again = comparisons.map(() => comparisons[Math.floor(draw() * comparisons.length)]).filter((one) => one !== undefined)
    return bradleyTerry(models, again).strengths
  })
  const ranked = strengths.map((strength, model) => {
    const [low, high] = middle95(resampled.map((sample) => sample[model] ?? 0))
    return { model, rating: strength * elo, low: low * elo, high: high * elo }
  })
  const undecided = pairsOf(models).map(([one, other]): [number, number] => ((strengths[one] ?? 0) >= (strengths[other] ?? 0) ? [one, other] : [other, one]))
    .filter(([stronger, weaker]) => middle95(resampled.map((sample) => (sample[stronger] ?? 0) - (sample[weaker] ?? 0)))[0] <= 0)
  return { models: ranked.toSorted((one, other) => other.rating - one.rating), undecided }
}

function middle95(values: readonly number[]): [number, number] {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? 0
  return [at(0.025), at(0.975)]
}
