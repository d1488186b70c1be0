import { isHighSurrogate, isLowSurrogate } from '@/lib/text/counts'
import { isBlank, isClosingBracket, isTerminator } from '@/lib/text/marks'
import { cutRank, refined, type CutPlaces } from '@/lib/text/cut-places'

/** In code points: between any two of the further places, and how long closers and marks may hold a place off. */
export interface Spacing {
  step: number
  joined: number
}

/**
 * Writes into `into` the same places with further ones, after clauses and between any two characters,
 * wherever two of them lie more than `gap` code points apart.
 */
export function withGapsFilled(units: Uint16Array, places: CutPlaces, into: CutPlaces, gap: number, blank: number, spacing: Spacing): CutPlaces {
  return refined(places, into, gap, blank, (unit, point, proseEnd) => fillGap(units, into, unit, point, proseEnd, spacing))
}

function fillGap(units: Uint16Array, filled: CutPlaces, unit: number, point: number, proseEnd: number, spacing: Spacing): void {
  let at = unit
  let since = 0
  let prose = point
  for (let here = point + 1; here < proseEnd; here += 1) {
    const passed = units[at] ?? 0
    at += isHighSurrogate(passed) && isLowSurrogate(units[at + 1] ?? 0) ? 2 : 1
    since += 1
    const next = units[at] ?? 0
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
