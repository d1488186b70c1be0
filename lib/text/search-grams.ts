import { codePoints } from '@/lib/text/counts'
import { foldText, isWordUnit } from '@/lib/text/fold'

/** Units a block begins anew after, and how many of the next block it holds besides: no phrase of so many falls between two. */
const blockUnits = 2_000
export const longestPhrase = 64

/** A stretch of a text as it is indexed: where it is, in code points, and its text with what overlaps the next one. */
export type SearchBlock = { start: number; end: number; text: string; original: string | null; grams: Int32Array }

/**
 * A text in blocks for the search index. `text` is folded (width and case of letters, traditional characters) and has as
 * many code points as the original, which is given where it differs.
 */
export function* searchBlocks(text: string): Generator<SearchBlock> {
  let start = 0
  for (let from = 0; from < text.length || from === 0; ) {
    const to = withoutHalf(text, from + blockUnits)
    const original = text.slice(from, withoutHalf(text, to + longestPhrase))
    const folded = foldText(original)
    const end = start + codePoints(text.slice(from, to))
    yield { start, end, text: folded, original: folded === original ? null : original, grams: gramsOf(folded) }
    if (to >= text.length) return
    from = to
    start = end
  }
}

/**
 * The distinct letters, marks and digits of a folded text, and the pairs of them that stand side by side, each as one
 * integer: two UTF-16 units of 16 bits, or one and a zero. Nothing is hashed, so that a text that has a pair of
 * characters is exactly one that has its integer.
 */
export function gramsOf(folded: string): Int32Array {
  const found = new Set<number>()
  let before = 0
  for (let at = 0; at < folded.length; at++) {
    const unit = folded.charCodeAt(at)
    if (!isWordUnit(unit)) {
      before = 0
      continue
    }
    found.add(single(unit))
    if (before !== 0) found.add(pair(before, unit))
    before = unit
  }
  return Int32Array.from(found).sort()
}

/** The integers that a text must have to have the phrase: its pairs, and characters that are in none. */
export function gramsOfPhrase(folded: string): number[] {
  const wanted = new Set<number>()
  for (let at = 0; at < folded.length; at++) {
    const [before, unit, after] = [folded.charCodeAt(at - 1), folded.charCodeAt(at), folded.charCodeAt(at + 1)]
    if (!isWordUnit(unit)) continue
    const isPaired = { before: at > 0 && isWordUnit(before), after: at + 1 < folded.length && isWordUnit(after) }
    if (isPaired.after) wanted.add(pair(unit, after))
    else if (!isPaired.before) wanted.add(single(unit))
  }
  return [...wanted]
}

function single(unit: number): number {
  return unit << 16
}

function pair(first: number, second: number): number {
  return (first << 16) | second
}

/** The place, moved on by one where it would cut a character of two units. */
function withoutHalf(text: string, at: number): number {
  if (at >= text.length) return text.length
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at
}
