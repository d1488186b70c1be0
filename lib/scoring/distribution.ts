import { z } from 'zod'

/** The steps between the smallest value and the largest: the value at every hundredth of the stories, from the smallest up. */
export const steps = 100

/** How one measure is spread over many stories. `quantiles` has steps + 1 values that occur, `count` says of how many stories. */
export const distribution = z.object({ count: z.number().int().min(1), mean: z.number(), quantiles: z.array(z.number()).length(steps + 1) })
export type Distribution = z.infer<typeof distribution>

/** An axis that several distributions can share: `bins` stretches of the width, from `from` on. */
export type ValueAxis = { from: number; width: number; bins: number }

/** The value that a share (0 to 1) of the stories do not exceed, to a hundredth. */
export function quantile({ quantiles }: Distribution, share: number): number {
  return quantiles[Math.round(share * steps)] ?? 0
}

/** The end of the distribution that nobody wants; null for a trait that has no worse end. */
export function worstOf(of: Distribution, better: 'more' | 'less' | 'neither'): number | null {
  return better === 'neither' ? null : quantile(of, better === 'more' ? 0 : 1)
}

/** At most `most` stretches, 1, 2 or 5 times a power of ten wide, that hold every value of all; null for none. */
export function axisOver(all: readonly Distribution[], most = 20): ValueAxis | null {
  if (all.length === 0) return null
  const low = Math.min(...all.map((each) => quantile(each, 0)))
  const high = Math.max(...all.map((each) => quantile(each, 1)))
  // A hair above the span, so that the largest value has a stretch to lie in.
  const width = high === low ? 1 : roundUp((high - low) / (most - 1))
  const first = Math.floor(low / width)
  return { from: first * width, width, bins: Math.floor(high / width) - first + 1 }
}

/** Which share of the stories lies in each stretch of the axis, to a hundredth; together 1. */
export function sharesOn({ from, width, bins }: ValueAxis, { quantiles }: Distribution): number[] {
  const shares = Array.from({ length: bins }, () => 0)
  for (const value of quantiles) {
    const at = Math.min(bins - 1, Math.max(0, Math.floor((value - from) / width)))
    shares[at] = (shares[at] ?? 0) + 1 / quantiles.length
  }
  return shares
}

function roundUp(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width))
  const factor = [1, 2, 5].find((each) => each * power >= width) ?? 10
  return factor * power
}
