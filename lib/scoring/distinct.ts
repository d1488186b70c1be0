import { gramCounts, proseCharacters } from '@/lib/scoring/character-grams'

/**
 * distinct-n: unique over all character n-grams, 0 to 1 (Li et al., arXiv 1510.03055), of the first `truncation` characters, since the
 * figure falls with length and texts are compared only at the same one. null for a text that is shorter.
 */
export function distinct(text: string, n = 2, truncation = 400): number | null {
  const characters = proseCharacters(text)
  if (characters.length < truncation || truncation < n) return null
  return gramCounts(characters.slice(0, truncation), n).size / (truncation - n + 1)
}
