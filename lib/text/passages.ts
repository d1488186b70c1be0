import { withGapsFilled, type Spacing } from '@/lib/text/cut-gaps'
import { CutPlaces, cutRank, reach } from '@/lib/text/cut-places'
import { paragraphPlaces, withSentences } from '@/lib/text/sentences'
import { unitsOf } from '@/lib/text/units'

/** Lengths of passages in characters (Unicode code points): minimum ≤ target ≤ maximum, all above zero. */
export interface PassageLengths {
  target: number
  minimum: number
  maximum: number
}

export const usualLengths: PassageLengths = { target: 800, minimum: 400, maximum: 1000 }

/** Why a passage ends where it does; `quotation`, `clause` and `character` only where the maximum left no better place. */
export type PassageEnd = 'paragraph' | 'sentence' | 'quotation' | 'clause' | 'character'

/** A cut [start, end) of a chapter's text. */
export interface Passage {
  /** Code points from the chapter's beginning. */
  start: number
  end: number
  /** The same in UTF-16 units, for `text.slice(startUnit, endUnit)`. */
  startUnit: number
  endUnit: number
  /** Code points without the blank space at its end. */
  characters: number
  endsAt: PassageEnd
}

const endings: readonly PassageEnd[] = ['paragraph', 'sentence', 'quotation', 'clause', 'character']
// A length off the target counts by its square; a step down in rank outweighs that. A
// place's cost falls on the passage on either side of it, in proportion to its length: were it the same for
// every cut, a long paragraph would be cut as seldom as the maximum allows, not near the target.
const RANK_COST: readonly number[] = [0, 40, 10_000, 200_000, 4_000_000]
const DEVIATION_COST = 100
const SHORT_COST = 1e11
const GRID_OF_RANGE = 8
const COARSE_SHARE = 1 / 20
const JOINED_AT_MOST = 16

const work = { paragraphs: new CutPlaces(), sentences: new CutPlaces(), filled: new CutPlaces() }

/**
 * Cuts a chapter into passages: whole paragraphs packed toward the target, else at sentences'
 * ends outside quotations, else wherever the maximum forces a cut. The passages partition the
 * text; none is over the maximum (blank space counts, except a run of more than a quarter of it);
 * none is under the minimum where the text's length allows; none is blank unless all the text is.
 * Of all such cuts it takes the cheapest, so that the tail is balanced with what is before it.
 */
export function cutPassages(text: string, lengths: PassageLengths): Passage[] {
  const laid = unitsOf(text)
  // Of lines of dialogue every second or third is place enough; the second try looks at all.
  const paragraphs = paragraphPlaces(text, laid, work.paragraphs, lengths.target * COARSE_SHARE)
  if (paragraphs.count === 0) return []
  const last = paragraphs.count - 1
  const prose = paragraphs.proseEnds[last] ?? 0
  if ((paragraphs.points[last] ?? 0) <= lengths.maximum) return passagesOf(paragraphs, [last])

  const { units } = laid
  const range = Math.max(1, lengths.maximum - lengths.minimum)
  const blank = blankOf(lengths)
  const noneShort = Math.ceil(prose / lengths.maximum) * lengths.minimum <= prose
  const coarse = paragraphs.widestGap(blank) > range ? withSentences(units, paragraphs, work.sentences, range, blank) : paragraphs
  const best = cutAt(filled(units, coarse, lengths), lengths)
  if (best.every((passage) => isGood(passage, lengths, noneShort, 'sentence'))) return best

  const fine = withSentences(units, paragraphPlaces(text, laid, work.paragraphs), work.sentences, 0)
  const better = cutAt(filled(units, fine, lengths), lengths)
  if (better.every((passage) => isGood(passage, lengths, noneShort, 'character'))) return better
  return cutAt(withGapsFilled(units, fine, work.filled, 1, blank, { ...spacingFor(lengths), step: 1 }), lengths)
}

function isGood({ characters, endsAt }: Passage, { minimum }: PassageLengths, noneShort: boolean, worst: PassageEnd): boolean {
  return (characters >= minimum || !noneShort) && endings.indexOf(endsAt) <= endings.indexOf(worst)
}

function cutAt(places: CutPlaces, lengths: PassageLengths): Passage[] {
  return passagesOf(places, cheapestCuts(places, lengths))
}

/** With further places wherever two lie so far apart that a passage might find none between its minimum and maximum. */
function filled(units: Uint16Array, places: CutPlaces, lengths: PassageLengths): CutPlaces {
  const range = Math.max(1, lengths.maximum - lengths.minimum)
  const blank = blankOf(lengths)
  return places.widestGap(blank) > range ? withGapsFilled(units, places, work.filled, range, blank, spacingFor(lengths)) : places
}

/** A longer run of blank space after a passage does not count toward its length. */
function blankOf({ maximum }: PassageLengths): number {
  return maximum / 4
}

function spacingFor({ minimum, maximum }: PassageLengths): Spacing {
  const range = Math.max(1, maximum - minimum)
  return { step: Math.max(1, Math.floor(range / GRID_OF_RANGE)), joined: Math.min(JOINED_AT_MOST, range) }
}

/** Dynamic programme over the places: the cheapest way to reach each from the places within a passage's reach before it. */
function cheapestCuts(places: CutPlaces, lengths: PassageLengths): number[] {
  const { count, points, proseEnds, ranks } = places
  const { target, minimum, maximum } = lengths
  const blank = blankOf(lengths)
  const perTarget = 1 / target
  // One further along than the places, because the text's beginning is the first.
  const { starts, rankCosts, costs, froms } = reachOf(places)
  let low = 0
  for (let index = 0; index < count; index += 1) {
    const end = points[index] ?? 0
    const proseEnd = proseEnds[index] ?? 0
    const endCost = RANK_COST[ranks[index] ?? 0] ?? 0
    const limit = reach(proseEnd, end, blank) - maximum
    while ((starts[low] ?? 0) < limit) low += 1
    const lastStart = proseEnd - minimum
    let best = Infinity
    // A place that none within reach leads to still lies after another, or the way back would never end.
    let from = Math.min(low, index)
    let candidate = low
    for (; candidate <= index; candidate += 1) {
      const start = starts[candidate] ?? 0
      if (start > lastStart) break
      const share = (proseEnd - start) * perTarget
      const cost = (costs[candidate] ?? 0) + (share - 1) * (share - 1) * DEVIATION_COST + ((rankCosts[candidate] ?? 0) + endCost) * (share > 0.5 ? share : 0.5)
      if (cost < best) {
        best = cost
        from = candidate
      }
    }
    for (; best >= SHORT_COST && candidate <= index; candidate += 1) {
      const short = (starts[candidate] ?? 0) - lastStart
      const cost = (costs[candidate] ?? 0) + endCost + SHORT_COST + short
      if (cost < best) {
        best = cost
        from = candidate
      }
    }
    costs[index + 1] = best
    froms[index + 1] = from
  }
  const ends: number[] = []
  for (let index = count; index > 0; index = froms[index] ?? 0) ends.push(index - 1)
  return ends.reverse()
}

interface Reach {
  starts: Int32Array
  rankCosts: Float64Array
  costs: Float64Array
  froms: Int32Array
}

let kept = reachFor(1024)

function reachFor(places: number): Reach {
  return {
    starts: new Int32Array(places),
    rankCosts: new Float64Array(places),
    costs: new Float64Array(places),
    froms: new Int32Array(places),
  }
}

/** The programme's columns, with where a passage from each place begins and what that costs. */
function reachOf({ count, points, ranks }: CutPlaces): Reach {
  if (kept.starts.length <= count) kept = reachFor(count * 2)
  const { starts, rankCosts } = kept
  for (let index = 0; index < count; index += 1) {
    starts[index + 1] = points[index] ?? 0
    rankCosts[index + 1] = RANK_COST[ranks[index] ?? 0] ?? 0
  }
  return kept
}

function passagesOf(places: CutPlaces, ends: readonly number[]): Passage[] {
  let start = 0
  let startUnit = 0
  return ends.map((place) => {
    const end = places.points[place] ?? 0
    const endUnit = places.units[place] ?? 0
    const passage: Passage = {
      start, end, startUnit, endUnit,
      characters: Math.max(0, (places.proseEnds[place] ?? 0) - start),
      endsAt: endings[places.ranks[place] ?? cutRank.paragraph] ?? 'paragraph',
    }
    start = end
    startUnit = endUnit
    return passage
  })
}
