import { quickDrawer } from '@/lib/draw'

/** `rho` from -1 to 1; `chance`: the share of random orders in which it is at least as strong, either way; `points` it was reckoned from. */
export type RankCorrelation = { rho: number; chance: number; points: number }

/** Fewer than this say nothing at all. */
const fewest = 3
/** Up to so many points every order is gone through; beyond, so many are drawn. */
const mostExact = 7
const draws = 5_000

/**
 * Spearman's rank correlation with mean ranks for ties (Spearman 1904), and how often chance gives as strong a one: by every order of the
 * second values, or by drawn ones (permutation test; Fisher 1935). Null for fewer than three points, and where one side is all alike.
 */
export function rankCorrelation(pairs: readonly (readonly [number, number])[], seed = 1): RankCorrelation | null {
  if (pairs.length < fewest) return null
  const one = ranksOf(pairs.map(([value]) => value))
  const other = ranksOf(pairs.map(([, value]) => value))
  const rho = pearson(one, other)
  if (rho === null) return null
  const orders = pairs.length <= mostExact ? permutations(other) : drawnOrders(other, seed)
  const as = orders.filter((order) => Math.abs(pearson(one, order) ?? 0) >= Math.abs(rho) - 1e-9).length
  return { rho, chance: as / orders.length, points: pairs.length }
}

/** Ranks from 1, those of equal values their mean. */
export function ranksOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((one, other) => one - other)
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1)
}

function pearson(one: readonly number[], other: readonly number[]): number | null {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [ofOne, ofOther] = [mean(one), mean(other)]
  let [both, squaresOne, squaresOther] = [0, 0, 0]
  one.forEach((value, at) => {
    const [left, right] = [value - ofOne, (other[at] ?? 0) - ofOther]
    both += left * right
    squaresOne += left * left
    squaresOther += right * right
  })
  return squaresOne === 0 || squaresOther === 0 ? null : both / Math.sqrt(squaresOne * squaresOther)
}

function permutations(values: readonly number[]): number[][] {
  if (values.length <= 1) return [[...values]]
  return values.flatMap((value, at) => permutations(values.toSpliced(at, 1)).map((rest) => [value, ...rest]))
}

function drawnOrders(values: readonly number[], seed: number): number[][] {
  const draw = quickDrawer(seed)
  return Array.from({ length: draws }, () => {
    const order = [...values]
    // Fisher and Yates.
    for (let at = order.length - 1; at > 0; at -= 1) {
      const to = Math.floor(draw() * (at + 1))
      ;[order[at], order[to]] = [order[to] ?? 0, order[at] ?? 0]
    }
    return order
  })
}
