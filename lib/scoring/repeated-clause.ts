/** A clause shorter than this is a figure of speech, not a repetition. */
const shortest = 5

/** The longest clause that a text has more than once, and how often; null where there is none. */
export function repeatedClause(text: string): { clause: string; count: number } | null {
  const counts = new Map<string, number>()
  for (const clause of text.split(/[\p{P}\s]+/u)) {
    if ([...clause].length >= shortest) counts.set(clause, (counts.get(clause) ?? 0) + 1)
  }
  let longest: { clause: string; count: number } | null = null
  for (const [clause, count] of counts) {
    if (count > 1 && (!longest || clause.length > longest.clause.length || (clause.length === longest.clause.length && count > longest.count))) longest = { clause, count }
  }
  return longest
}
