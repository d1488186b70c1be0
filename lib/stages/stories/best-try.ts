import { refusingFlaws } from '@/lib/llm/story-flaws'
import { adherence } from '@/lib/scoring/adherence'
import { countedCharacters } from '@/lib/scoring/counted-characters'
import { repetition } from '@/lib/scoring/repetition'

/** What the tries of one row are held against. `adherenceBelow`: a smaller share of the premise's words is a flaw; null: none is. */
export type TryMeasure = { premise: string; target: number; adherenceBelow: number | null }

type Comparable = { number: number; text: string; flaws: readonly string[] }

/**
 * The best of a row's tries. The first difference decides: fewest flaws for which a story is refused; fewest other flaws; length nearest
 * to the target; least repetition (rep-4); the earlier one. Throws RangeError where there is none.
 */
export function bestTry<T extends Comparable>(tries: readonly T[], measure: TryMeasure): T {
  const [first, ...others] = tries
  if (!first) throw new RangeError('The best of no tries')
  if (others.length === 0) return first
  return others.reduce(
    (best, other) => {
      const place = placeOf(other, measure)
      return isBefore(place, best.place) ? { tried: other, place } : best
    },
    { tried: first, place: placeOf(first, measure) },
  ).tried
}

/** Whether a story has so few of its premise's words that it counts as off it; never where the premise has none to look for. */
export function isOffPremise(text: string, premise: string, below: number | null): boolean {
  if (below === null) return false
  const kept = adherence(text, premise)
  return kept !== null && kept.share < below
}

function placeOf({ number, text, flaws }: Comparable, { premise, target, adherenceBelow }: TryMeasure): number[] {
  const refusing = flaws.filter((flaw) => refusingFlaws.some((each) => each === flaw)).length
  const others = flaws.length - refusing + (isOffPremise(text, premise, adherenceBelow) ? 1 : 0)
  return [refusing, others, Math.abs(countedCharacters(text) - target), repetition(text), number]
}

function isBefore(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, index) => value !== other[index])
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0)
}
