import { foldText } from '@/lib/text/fold'
import { gramsOfPhrase, longestPhrase } from '@/lib/text/search-grams'

/** Terms of a query that are looked for; what comes after them is not. */
export const mostTerms = 8

/** What is looked for: phrases that must all stand near each other, folded, and what the index is asked. */
export type SearchQuery = {
  terms: string[]
  grams: number[]
  /** Whether the index alone tells: one term of one or two characters, each of which is a single integer there. */
  isExactInIndex: boolean
}

/**
 * Reads a query: words apart from each other are terms of their own, words in quotation marks (any kind) one phrase,
 * spaces and punctuation included. Null where there is no letter or digit to look for.
 */
export function readQuery(query: string): SearchQuery | null {
  const terms: string[] = []
  for (const [, quoted, bare] of query.matchAll(/["“”「『]([^"“”」』]+)["“”」』]|([^\s"“”「」『』]+)/gu)) {
    const term = foldText((quoted ?? bare ?? '').trim()).slice(0, longestPhrase)
    if (gramsOfPhrase(term).length > 0 && !terms.includes(term)) terms.push(term)
  }
  if (terms.length === 0) return null
  const kept = terms.slice(0, mostTerms)
  const grams = [...new Set(kept.flatMap(gramsOfPhrase))]
  return { terms: kept, grams, isExactInIndex: kept.length === 1 && (kept[0]?.length ?? 0) <= 2 && grams.length === 1 && !/\P{L}/u.test(kept[0] ?? '') }
}

/** Where the terms stand in a text, in UTF-16 units, in order and none over another; texts and terms are folded. */
export function placesOf(terms: readonly string[], folded: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  for (const term of terms) {
    for (let at = folded.indexOf(term); at !== -1; at = folded.indexOf(term, at + term.length)) found.push({ from: at, to: at + term.length })
  }
  const sorted = found.sort((a, b) => a.from - b.from || b.to - a.to)
  return sorted.filter((place, at) => sorted.slice(0, at).every((earlier) => earlier.to <= place.from))
}
