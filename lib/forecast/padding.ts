import type { ForecastOrder } from '@/lib/forecast/order'

/** Means over the passes of a run, in tokens: of a pair, of its answer, of a pair with its pads, and of the row that attention looks over. */
export type PassTokens = { pair: number; answer: number; padded: number; rowLength: number }

/** How a run's pairs lie in its passes: cut to the maximum length, each step's sorted by length, as order_of_examples does. */
export function passTokens({ settings, lengths }: Pick<ForecastOrder, 'settings' | 'lengths'>): PassTokens {
  const { maxLength, batchSize, accumulation, packing } = settings
  const pairs = lengths.sample.flatMap(({ prompt, answer }) => {
    const whole = Math.min(maxLength, prompt + answer)
    return whole > prompt ? [{ whole, answer: whole - prompt }] : []
  })
  if (pairs.length === 0) return { pair: 0, answer: 0, padded: 0, rowLength: 0 }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const pair = mean(pairs.map(({ whole }) => whole))
  const answer = mean(pairs.map(({ answer: tokens }) => tokens))
  // A pack is all but filled; attention does not look over its pairs' borders.
  if (packing) return { pair, answer, padded: pair * 1.05, rowLength: pair }

  const stride = strideFor(pairs.length)
  const mixed = pairs.map((_, index) => pairs[(index * stride) % pairs.length]?.whole ?? 0)
  const rows: number[] = []
  for (let start = 0; start < mixed.length; start += batchSize * accumulation) {
    const step = mixed.slice(start, start + batchSize * accumulation).sort((a, b) => b - a)
    for (let first = 0; first < step.length; first += batchSize) {
      const longest = step[first] ?? 0
      rows.push(...step.slice(first, first + batchSize).map(() => longest))
    }
  }
  return { pair, answer, padded: mean(rows), rowLength: mean(rows) }
}

/** A step through n places that meets each once and leaves neighbours apart. */
function strideFor(n: number): number {
  let stride = Math.max(1, Math.round(n * 0.618))
  while (gcd(stride, n) !== 1) stride += 1
  return stride
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b)
}
