import { isHighSurrogate, isLowSurrogate } from '@/lib/text/counts'

/** The characters [start, end) of a text, counted in code points. */
export type TextSlice = (start: number, end: number) => string

/** Lays a text out so that pieces of it can be taken by code points; a text without surrogates needs nothing. */
export function textSlice(text: string): TextSlice {
  const pairs = pairsOf(text)
  if (pairs.length === 0) return (start, end) => text.slice(start, end)
  return (start, end) => text.slice(unitOf(pairs, start), unitOf(pairs, end))
}

/** The places of the characters of two units, in code points, ascending. */
function pairsOf(text: string): number[] {
  const pairs: number[] = []
  if (!/[\ud800-\udbff]/.test(text)) return pairs
  for (let unit = 0; unit < text.length - 1; unit += 1) {
    if (!isHighSurrogate(text.charCodeAt(unit)) || !isLowSurrogate(text.charCodeAt(unit + 1))) continue
    pairs.push(unit - pairs.length)
    unit += 1
  }
  return pairs
}

/** The unit of a code point: one further for each character of two units before it. */
function unitOf(pairs: readonly number[], point: number): number {
  let low = 0
  let high = pairs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((pairs[middle] ?? 0) < point) low = middle + 1
    else high = middle
  }
  return point + low
}
