import { isHighSurrogate, isLowSurrogate } from '@/lib/text/counts'
import { isBlank, isClosingBracket, isTerminator } from '@/lib/text/marks'
import { CutPlaces, cutRank, type CutRank } from '@/lib/text/cut-places'

/** In code points: between any two of the further places, and how long closers and marks may hold a place off. */
export interface Spacing {
  step: number
  joined: number
}

/**
 * The same places with further ones, after clauses and between any two characters, wherever two of
 * them lie more than `gap` code points apart.
 */
export function withGapsFilled(text: string, places: CutPlaces, gap: number, spacing: Spacing): CutPlaces {
  const filled = new CutPlaces(places.count * 2 + 16)
  let unit = 0
  let point = 0
  for (let index = 0; index < places.count; index += 1) {
    const nextUnit = places.units[index] ?? 0
    const nextPoint = places.points[index] ?? 0
    const proseEnd = places.proseEnds[index] ?? 0
    if (proseEnd - point > gap) fillGap(text, filled, unit, point, proseEnd, spacing)
    filled.add(nextUnit, nextPoint, proseEnd, rankOf(places, index))
    unit = nextUnit
    point = nextPoint
  }
  return filled
}

function rankOf(places: CutPlaces, index: number): CutRank {
  const rank = places.ranks[index]
  return rank === 1 || rank === 2 || rank === 3 || rank === 4 ? rank : cutRank.paragraph
}

function fillGap(text: string, filled: CutPlaces, unit: number, point: number, proseEnd: number, spacing: Spacing): void {
  let at = unit
  let since = 0
  let prose = point
  for (let here = point + 1; here < proseEnd; here += 1) {
    const passed = text.charCodeAt(at)
    at += isHighSurrogate(passed) && isLowSurrogate(text.charCodeAt(at + 1)) ? 2 : 1
    since += 1
    const next = text.charCodeAt(at)
    if (!isBlank(passed)) prose = here
    if (isBlank(next) || (joinsWhatIsBefore(next) && since < spacing.joined)) continue
    if (isBlank(passed) || endsClause(passed)) filled.add(at, here, prose, cutRank.clause)
    else if (since >= spacing.step) filled.add(at, here, here, cutRank.anywhere)
    else continue
    since = 0
  }
}

/** ，；：、 and dashes, with their ASCII forms. */
function endsClause(unit: number): boolean {
  return unit === 0xff0c || unit === 0xff1b || unit === 0xff1a || unit === 0x3001 || unit === 0x2c || unit === 0x3b || unit === 0x2014
}

/** A terminator, a clause's mark, a closer or a combining mark begins no passage while there is another place. */
function joinsWhatIsBefore(unit: number): boolean {
  return (
    isTerminator(unit) || endsClause(unit) || isClosingBracket(unit) ||
    (unit >= 0x0300 && unit <= 0x036f) || (unit >= 0xfe00 && unit <= 0xfe0f) || unit === 0x200d ||
    unit === 0x2019 || unit === 0x201d || unit === 0x300d || unit === 0x300f
  )
}
