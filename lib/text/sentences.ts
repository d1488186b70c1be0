import { isHighSurrogate, isLowSurrogate } from '@/lib/text/counts'
import { isBlank, isClosingBracket, isTerminator } from '@/lib/text/marks'
import { CutPlaces, cutRank } from '@/lib/text/cut-places'

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
 * Finds in one scan every paragraph's and every sentence's end. A sentence ends with one or more of
 * 。！？!?… and every quote or bracket that closes after them; a straight quote closes when one is
 * open. An open quotation is forgotten at the paragraph's end, so that a lost closer harms
 * one paragraph at most.
 */
export function cutPlaces(text: string): CutPlaces {
  const { length } = text
  const places = new CutPlaces((length >> 4) + 16)
  let astral = 0
  let open = 0
  let at = 0
  // Blank space before the first character belongs to the first passage.
  while (at < length && isBlank(text.charCodeAt(at))) at += 1
  let proseEnd = at
  while (at < length) {
    const unit = text.charCodeAt(at)
    if (unit >= 0x3400 && unit <= 0x9fff) {
      at += 1
      continue
    }
    if (unit === LINE_FEED) {
      open = 0
      proseEnd = at - astral
      for (let back = at; isBlank(text.charCodeAt(back - 1)); back -= 1) proseEnd -= 1
      while (at < length && isBlank(text.charCodeAt(at))) at += 1
      if (at < length) places.add(at, at - astral, proseEnd, cutRank.paragraph)
      continue
    }
    at += 1
    if (unit === STRAIGHT_QUOTE) open ^= STRAIGHT_BIT
    else if (isTerminator(unit)) {
      for (; at < length; at += 1) {
        const next = text.charCodeAt(at)
        const closes = next === STRAIGHT_QUOTE ? open & STRAIGHT_BIT : closedBy(next)
        if (closes !== 0) open &= ~closes
        else if (!isTerminator(next) && !isClosingBracket(next)) break
      }
      proseEnd = at - astral
      while (at < length && text.charCodeAt(at) !== LINE_FEED && isBlank(text.charCodeAt(at))) at += 1
      if (at < length && text.charCodeAt(at) !== LINE_FEED) {
        places.add(at, at - astral, proseEnd, open === 0 ? cutRank.sentence : cutRank.quoted)
      }
    } else if (unit >= 0x2018 && unit <= 0x300f) {
      open = (open | openedBy(unit)) & ~closedBy(unit)
    } else if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(at))) {
      astral += 1
      at += 1
    }
  }
  if (length > 0) {
    let end = length
    while (end > 0 && isBlank(text.charCodeAt(end - 1))) end -= 1
    places.add(length, length - astral, end - astral, cutRank.paragraph)
  }
  return places
}

/** A text's sentences, each with the blank space after it; joined they are the text. */
export function sentences(text: string): string[] {
  const { count, units } = cutPlaces(text)
  return Array.from({ length: count }, (_, index) => text.slice(index === 0 ? 0 : units[index - 1], units[index]))
}
