import { z } from 'zod'
import { withGapsFilled } from '@/lib/text/cut-gaps'
import { cutRank, type CutPlaces } from '@/lib/text/cut-places'
import { cutPlaces } from '@/lib/text/sentences'

/** Lengths of passages in characters (Unicode code points). */
export const passageSettings = z
  .strictObject({
    target: z.int().min(1).max(100_000).default(800),
    minimum: z.int().min(1).max(100_000).default(400),
    maximum: z.int().min(1).max(100_000).default(1000),
  })
  .refine(({ target, minimum, maximum }) => minimum <= target && target <= maximum, {
    message: 'minimum ≤ target ≤ maximum',
    path: ['target'],
  })
export type PassageSettings = z.infer<typeof passageSettings>

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
// A length off the target counts by its square; a step down in rank outweighs that. Half of a
// place's cost falls on the passage on either side, in proportion to its length: were it the same for
// every cut, a long paragraph would be cut as seldom as the maximum allows, not near the target.
const RANK_COST: readonly number[] = [0, 80, 20_000, 400_000, 8_000_000]
const DEVIATION_COST = 100
const SHORT_COST = 1e11
const GRID_OF_RANGE = 8
const JOINED_AT_MOST = 16

/**
 * Cuts a chapter into passages: whole paragraphs packed toward the target, else at sentences'
 * ends outside quotations, else wherever the maximum forces a cut. The passages partition the
 * text; none is over the maximum (blank space counts, except a run of more than a quarter of it);
 * none is under the minimum where the text's length allows; none is blank unless all the text is.
 * Of all such cuts it takes the cheapest, so that the tail is balanced with what is before it.
 */
export function cutPassages(text: string, settings: PassageSettings): Passage[] {
  const places = cutPlaces(text)
  if (places.count === 0) return []
  const range = settings.maximum - settings.minimum
  const length = places.proseEnds[places.count - 1] ?? 0
  if ((places.points[places.count - 1] ?? 0) <= settings.maximum) return passagesOf(places, Int32Array.of(places.count - 1))

  const joined = Math.min(JOINED_AT_MOST, Math.max(1, range))
  const step = Math.max(1, Math.floor(range / GRID_OF_RANGE))
  const usable = widestGap(places) > range ? withGapsFilled(text, places, Math.max(1, range), { step, joined }) : places
  const passages = passagesOf(usable, cheapestCuts(usable, settings))
  const avoidable = Math.ceil(length / settings.maximum) * settings.minimum <= length
  if (!avoidable || passages.every(({ characters }) => characters >= settings.minimum)) return passages
  const everywhere = withGapsFilled(text, places, 1, { step: 1, joined })
  return passagesOf(everywhere, cheapestCuts(everywhere, settings))
}

function widestGap(places: CutPlaces): number {
  let widest = 0
  let from = 0
  for (let index = 0; index < places.count; index += 1) {
    widest = Math.max(widest, (places.proseEnds[index] ?? 0) - from)
    from = places.points[index] ?? 0
  }
  return widest
}

/** Dynamic programme over the places: the cheapest way to reach each from the places within a passage's reach before it. */
function cheapestCuts(places: CutPlaces, settings: PassageSettings): Int32Array {
  const { count, points, proseEnds, ranks } = places
  const { target, minimum, maximum } = settings
  const longBlank = maximum / 4
  const costs = new Float64Array(count + 1)
  const froms = new Int32Array(count + 1)
  const starts = new Int32Array(count + 1)
  const rankCosts = new Float64Array(count + 1)
  for (let index = 0; index < count; index += 1) {
    starts[index + 1] = points[index] ?? 0
    rankCosts[index + 1] = (RANK_COST[ranks[index] ?? 0] ?? 0) / 2
  }
  let low = 0
  for (let index = 1; index <= count; index += 1) {
    const end = starts[index] ?? 0
    const proseEnd = proseEnds[index - 1] ?? 0
    const endCost = rankCosts[index] ?? 0
    const limit = (end - proseEnd > longBlank ? proseEnd : end) - maximum
    while ((starts[low] ?? 0) < limit) low += 1
    let best = Infinity
    let from = low
    let candidate = low
    for (; candidate < index; candidate += 1) {
      const characters = proseEnd - (starts[candidate] ?? 0)
      if (characters < minimum) break
      const share = characters / target
      const cost = (costs[candidate] ?? 0) + (share - 1) * (share - 1) * DEVIATION_COST +
        ((rankCosts[candidate] ?? 0) + endCost) * (share > 0.5 ? share : 0.5)
      if (cost < best) {
        best = cost
        from = candidate
      }
    }
    if (best === Infinity) {
      for (; candidate < index; candidate += 1) {
        const cost = (costs[candidate] ?? 0) + endCost + SHORT_COST + minimum - (proseEnd - (starts[candidate] ?? 0))
        if (cost < best) {
          best = cost
          from = candidate
        }
      }
    }
    costs[index] = best
    froms[index] = from
  }
  const ends: number[] = []
  for (let index = count; index > 0; index = froms[index] ?? 0) ends.push(index - 1)
  return Int32Array.from(ends.reverse())
}

function passagesOf(places: CutPlaces, ends: Int32Array): Passage[] {
  let start = 0
  let startUnit = 0
  return Array.from(ends, (place) => {
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
