import type { Bin } from '@/app/_ui/histogram-figure'

export type Tally = readonly { length: number; count: number }[]

/**
 * Values counted into at most about `count` stretches that begin and end at round numbers: their width is 1, 2 or 5
 * times a power of ten, so that the axis can be read.
 */
export function binsOf(values: readonly number[], count: number): Bin[] {
  return binsOfTally(values.map((length) => ({ length, count: 1 })), count)
}

/** The same of whole numbers that were counted already. */
export function binsOfTally(tally: Tally, count: number): Bin[] {
  const axis = axisOf([tally], count)
  return axis === null ? [] : binsOn(axis, tally)
}

export type Axis = { from: number; width: number; bins: number }

/** The round stretches that hold all of these values; null for none. */
export function axisOf(tallies: readonly Tally[], count: number): Axis | null {
  let [low, high] = [Infinity, -Infinity]
  for (const tally of tallies) {
    for (const { length } of tally) {
      low = Math.min(low, length)
      high = Math.max(high, length)
    }
  }
  if (low > high) return null
  let width = 1
  for (const factor of roundFactors()) {
    width = factor
    if (Math.floor(high / width) - Math.floor(low / width) < count) break
  }
  const from = Math.floor(low / width) * width
  return { from, width, bins: Math.floor(high / width) - Math.floor(low / width) + 1 }
}

/** The values that were counted, on an axis that may be shared with others. */
export function binsOn({ from, width, bins }: Axis, tally: Tally): Bin[] {
  const result = Array.from({ length: bins }, (_, at) => ({ from: from + at * width, to: from + (at + 1) * width, count: 0 }))
  for (const { length, count } of tally) {
    const bin = result[Math.floor((length - from) / width)]
    if (bin) bin.count += count
  }
  return result
}

function* roundFactors(): Generator<number> {
  for (let power = 1; ; power *= 10) yield* [power, 2 * power, 5 * power]
}
