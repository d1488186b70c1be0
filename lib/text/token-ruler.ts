import { sentences } from '@/lib/text/sentences'

/** The tokens before each of a text's places, so that those of any stretch are a subtraction. */
export interface TokenRuler {
  /** Places in UTF-16 units, from 0 to the text's end, ascending. */
  units: Int32Array
  tokens: Int32Array
}

/** Units a stretch between two places has at most: the paragraph, or sentences of a longer one. */
const STRETCH = 1000

/**
 * Counts a text once, paragraph by paragraph. A token over a paragraph's end counts as two, which is one in a
 * thousand. Asks `rest` between paragraphs, so that a book does not hold the process up.
 */
export async function tokenRuler(text: string, countTokens: (text: string) => number, rest: () => Promise<void>): Promise<TokenRuler> {
  const units = [0]
  const tokens = [0]
  let sum = 0
  for (const [from, to] of stretches(text)) {
    sum += countTokens(text.slice(from, to))
    units.push(to)
    tokens.push(sum)
    await rest()
  }
  return { units: Int32Array.from(units), tokens: Int32Array.from(tokens) }
}

/** Tokens before a place of the text; a place inside a stretch has its beginning counted anew. */
export function tokensBefore({ units, tokens }: TokenRuler, text: string, unit: number, countTokens: (text: string) => number): number {
  let low = 0
  let high = units.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((units[middle] ?? 0) <= unit) low = middle
    else high = middle - 1
  }
  const from = units[low] ?? 0
  return (tokens[low] ?? 0) + (from < unit ? countTokens(text.slice(from, unit)) : 0)
}

function* stretches(text: string): Generator<[number, number]> {
  for (let from = 0; from < text.length; ) {
    const feed = text.indexOf('\n', from)
    const to = feed === -1 ? text.length : feed + 1
    if (to - from <= STRETCH) yield [from, to]
    else yield* shorter(text, from, to)
    from = to
  }
}

/** A long paragraph in runs of sentences; a sentence without an end in runs of characters. */
function* shorter(text: string, begin: number, end: number): Generator<[number, number]> {
  let from = begin
  let at = begin
  for (const sentence of sentences(text.slice(begin, end))) {
    if (at > from && at + sentence.length - from > STRETCH) {
      yield [from, at]
      from = at
    }
    at += sentence.length
    for (; at - from > STRETCH; from += STRETCH) yield [from, from + STRETCH]
  }
  if (from < end) yield [from, end]
}
