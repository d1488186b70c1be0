import { isHighSurrogate, isLowSurrogate } from '@/lib/text/counts'

const SURROGATE = /[\ud800-\udfff]/

/** The part [start, end) of a text in code points, as a passage's range means it; a plain slice where no character needs two units. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  if (!SURROGATE.test(text)) return text.slice(start, end)
  const from = unitOf(text, 0, start)
  return text.slice(from, unitOf(text, from, end - start))
}

/** The unit that lies `points` code points after the unit `from`. */
function unitOf(text: string, from: number, points: number): number {
  let unit = from
  for (let passed = 0; passed < points && unit < text.length; passed += 1) {
    unit += isHighSurrogate(text.charCodeAt(unit)) && isLowSurrogate(text.charCodeAt(unit + 1)) ? 2 : 1
  }
  return unit
}
