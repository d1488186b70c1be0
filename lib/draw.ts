import { createHash } from 'node:crypto'

/** The seed of one try of one item: the same in every attempt of a run, different for each item and try. 31 bits. */
export function seedOf(runSeed: number, item: number, attempt: number): number {
  return createHash('sha256').update(`${runSeed}:${item}:${attempt}`).digest().readUInt32BE(0) >>> 1
}

/** A reproducible generator of numbers in [0, 1) from a seed. */
export function drawer(seed: number): () => number {
  let counter = 0
  return () => seedOf(seed, counter++, 0) / 2 ** 31
}

/** Fisher–Yates with the seed's own numbers; the input stays as it is. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const draw = drawer(seed)
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(draw() * (last + 1))
    const a = result[last]
    const b = result[other]
    if (a === undefined || b === undefined) continue
    result[last] = b
    result[other] = a
  }
  return result
}

/** As `drawer`, for where millions of numbers are drawn: some hundred times as fast (mulberry32, T. Ettinger, public domain). */
export function quickDrawer(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
