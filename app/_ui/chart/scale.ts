export type Scale = 'linear' | 'log'

/** The ends of the axis upwards: a little room around the values, on a logarithmic one only of those above 0. Null without any. */
export function extent(values: Iterable<number>, scale: Scale): [number, number] | null {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (!Number.isFinite(value) || (scale === 'log' && value <= 0)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) return null
  if (scale === 'log') return low === high ? [low / 2, high * 2] : [low / 1.05, high * 1.05]
  const room = high === low ? Math.abs(high) * 0.1 || 1 : (high - low) * 0.05
  // Nothing that cannot be below 0 has its axis begin there.
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room]
}

/** Round numbers between the ends, about `count` of them: 1, 2 and 5 times powers of ten. */
export function ticksBetween([low, high]: readonly [number, number], scale: Scale, count = 5): number[] {
  return scale === 'log' ? logTicks(low, high, count) : linearTicks(low, high, count)
}

/** Those whose words differ from the one before: a mark that repeats its neighbour's label says nothing. */
export function toldApart(ticks: readonly number[], say: (value: number) => string): number[] {
  return ticks.filter((tick, at) => at === 0 || say(tick) !== say(ticks[at - 1] ?? tick))
}

function linearTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const gap = power * ([1, 2, 5].find((each) => each * power >= rough) ?? 10)
  const first = Math.ceil(low / gap)
  const last = Math.floor(high / gap)
  // Counted in whole gaps and cut to the gap's digits, so that 0.1 + 0.2 is 0.3.
  const digits = Math.max(0, -Math.floor(Math.log10(gap)))
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * gap).toFixed(Math.min(100, digits))))
}

function logTicks(low: number, high: number, count: number): number[] {
  const ticks: number[] = []
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const each of [1, 2, 5]) {
      const tick = Number(`${each}e${power}`)
      if (tick >= low && tick <= high) ticks.push(tick)
    }
  }
  // Less than two say nothing of where a value lies between them.
  if (ticks.length < 2) return linearTicks(low, high, count)
  if (ticks.length <= count + 2) return ticks
  const powers = ticks.filter((tick) => Number.isInteger(Math.round(Math.log10(tick) * 1e9) / 1e9))
  const every = Math.ceil(powers.length / (count + 2))
  return powers.filter((_, at) => at % every === 0)
}
