/** How far into a story its premise may be handed back, in lengths of the premise. */
const openingLengths = 3

/**
 * The share, 0 to 1, of a premise that the story's opening hands back word for word: the longest run of characters that both have, over
 * the premise's length. Marks and white space do not count.
 */
export function promptEcho(story: string, premise: string): number {
  const asked = bare(premise)
  if (asked.length === 0) return 0
  const opening = bare(story).slice(0, asked.length * openingLengths)
  return longestCommonRun(asked, opening) / asked.length
}

function bare(text: string): string[] {
  return [...text.replace(/[\p{P}\s]+/gu, '')]
}

function longestCommonRun(one: readonly string[], other: readonly string[]): number {
  let longest = 0
  let above = new Uint32Array(other.length + 1)
  for (const character of one) {
    const row = new Uint32Array(other.length + 1)
    other.forEach((candidate, at) => {
      if (candidate !== character) return
      const run = (above[at] ?? 0) + 1
      row[at + 1] = run
      if (run > longest) longest = run
    })
    above = row
  }
  return longest
}
