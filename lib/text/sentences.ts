import { isHighSurrogate, isLowSurrogate } from '@/lib/text/counts'
import { CutPlaces, cutRank, refined } from '@/lib/text/cut-places'
import { isBlank, isClosingBracket, isTerminator } from '@/lib/text/marks'
import { unitsOf, type TextUnits } from '@/lib/text/units'

const LINE_FEED = 0x0a
const STRAIGHT_QUOTE = 0x22
const STRAIGHT_BIT = 16

/** The bit of the quotation that a mark opens, 0 for other characters: “ ‘ 「 『. */
function openedBy(unit: number): number {
  return unit === 0x201c ? 1 : unit === 0x300c ? 4 : unit === 0x2018 ? 2 : unit === 0x300e ? 8 : 0
}

function closedBy(unit: number): number {
  return unit === 0x201d ? 1 : unit === 0x300d ? 4 : unit === 0x2019 ? 2 : unit === 0x300f ? 8 : 0
}

/**
 * Writes into `into` the ends of the paragraphs, of those that lie less than `apart` code points after the place
 * before only the text's end: a place lies after the line end and whatever blank lines and indent follow it.
 */
export function paragraphPlaces(text: string, { units, length, paired }: TextUnits, into: CutPlaces, apart = 0): CutPlaces {
  const places = into.empty()
  let astral = 0
  let last = 0
  let from = blankEnd(units, 0)
  while (from < length) {
    const feed = text.indexOf('\n', from)
    const lineEnd = feed === -1 ? length : feed
    const next = blankEnd(units, lineEnd)
    if (paired) astral += pairsIn(units, from, lineEnd)
    if (next - astral - last >= apart || next >= length) {
      last = next - astral
      places.add(next, last, proseEnd(units, lineEnd) - astral, cutRank.paragraph)
    }
    from = next
  }
  if (places.count === 0 && length > 0) places.add(length, length, 0, cutRank.paragraph)
  return places
}

/** Characters of two units in [from, to). */
function pairsIn(units: Uint16Array, from: number, to: number): number {
  let pairs = 0
  for (let at = from + 1; at < to; at += 1) {
    if (isLowSurrogate(units[at] ?? 0) && isHighSurrogate(units[at - 1] ?? 0)) pairs += 1
  }
  return pairs
}

/** Writes into `into` the same places with the ends of sentences wherever two lie more than `gap` code points apart. */
export function withSentences(units: Uint16Array, paragraphs: CutPlaces, into: CutPlaces, gap: number, blank = 0): CutPlaces {
  return refined(paragraphs, into, gap, blank, (unit, point, proseEnd, nextUnit, nextPoint) =>
    addSentences(units, into, unit, nextUnit - (nextPoint - proseEnd), point))
}

/**
 * The ends of the paragraphs and sentences within [from, to). A sentence ends with one or more of
 * 。！？!?… and every quote or bracket that closes after them; a straight quote closes when one is
 * open. A quotation left open ends with its paragraph, so that a lost closer
 * harms that one only.
 */
function addSentences(units: Uint16Array, places: CutPlaces, from: number, to: number, fromPoint: number): void {
  let astral = from - fromPoint
  let open = 0
  let at = blankEnd(units, from)
  while (at < to) {
    const unit = units[at] ?? 0
    at += 1
    if (unit >= 0x3400 && unit <= 0x9fff) continue
    if (unit === LINE_FEED) {
      open = 0
      const prose = proseEnd(units, at) - astral
      at = blankEnd(units, at)
      if (at < to) places.add(at, at - astral, prose, cutRank.paragraph)
    } else if (unit === STRAIGHT_QUOTE) open ^= STRAIGHT_BIT
    else if (isTerminator(unit)) {
      for (; at < to; at += 1) {
        const next = units[at] ?? 0
        const closes = next === STRAIGHT_QUOTE ? open & STRAIGHT_BIT : closedBy(next)
        if (closes !== 0) open &= ~closes
        else if (!isTerminator(next) && !isClosingBracket(next)) break
      }
      const prose = at - astral
      while (units[at] !== LINE_FEED && isBlank(units[at] ?? 0)) at += 1
      if (at < to && units[at] !== LINE_FEED) places.add(at, at - astral, prose, open === 0 ? cutRank.sentence : cutRank.quoted)
    } else if (unit >= 0x2018 && unit <= 0x300f) {
      open = (open | openedBy(unit)) & ~closedBy(unit)
    } else if (isHighSurrogate(unit) && isLowSurrogate(units[at] ?? 0)) {
      astral += 1
      at += 1
    }
  }
}

/** The zero after the last unit ends this too. */
function blankEnd(units: Uint16Array, from: number): number {
  let at = from
  while (isBlank(units[at] ?? 0)) at += 1
  return at
}

function proseEnd(units: Uint16Array, end: number): number {
  let at = end
  while (at > 0 && isBlank(units[at - 1] ?? 0)) at -= 1
  return at
}

/** A text's sentences, each with the blank space after it; joined they are the text. */
export function sentences(text: string): string[] {
  const laid = unitsOf(text)
  const places = withSentences(laid.units, paragraphPlaces(text, laid, new CutPlaces()), new CutPlaces(), 0)
  const ends = places.units.subarray(0, places.count)
  return Array.from(ends, (end, index) => text.slice(index === 0 ? 0 : ends[index - 1], end))
}
