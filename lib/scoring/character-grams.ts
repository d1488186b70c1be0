/** A text's characters without white space: what n-grams are made of, so that layout is no repetition. */
export function proseCharacters(text: string): string[] {
  return [...text.replace(/\s+/gu, '')]
}

/** How often each run of `n` characters occurs. */
export function gramCounts(characters: readonly string[], n: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (let at = 0; at + n <= characters.length; at += 1) {
    const gram = characters.slice(at, at + n).join('')
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}
