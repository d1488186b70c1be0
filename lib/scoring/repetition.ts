import { gramCounts, proseCharacters } from '@/lib/scoring/character-grams'

/**
 * rep-n: the share, 0 to 1, of a text's character n-grams that were there before (Welleck et al., arXiv 1908.04319: one less unique
 * over total). 0 for a text shorter than n.
 */
export function repetition(text: string, n = 4): number {
  const characters = proseCharacters(text)
  const total = characters.length - n + 1
  return total <= 0 ? 0 : 1 - gramCounts(characters, n).size / total
}
