import type { Bin } from '@/app/_ui/histogram'

/** Values counted into `count` equal stretches between the lowest and the highest. */
export function binsOf(values: readonly number[], count: number): Bin[] {
  if (values.length === 0) return []
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const width = Math.max(1, Math.ceil((high - low + 1) / count))
  const bins = Array.from({ length: Math.ceil((high - low + 1) / width) }, (_, at) => ({ from: low + at * width, to: low + (at + 1) * width, count: 0 }))
  for (const value of values) {
    const bin = bins[Math.floor((value - low) / width)]
    if (bin) bin.count += 1
  }
  return bins
}
