/** A pattern that finds these words as they stand, letters in either case; undefined for nothing but blank space. */
export function literalPattern(words: string): RegExp | undefined {
  return words.trim() === '' ? undefined : new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`), 'giu')
}
