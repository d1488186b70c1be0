/** Records that are looked at before it is said what an Alpaca file's premises are, and the fewest that say anything. */
export const lookedAt = 200
const fewest = 3
/** The share of them that begin alike. */
const constantShare = 0.95

/**
 * Whether these Alpaca records share one instruction that says nothing of the single story, so that joined to the input it
 * would begin every premise: nearly all have the same one, and each of those an input besides.
 */
export function hasConstantInstruction(records: readonly Record<string, unknown>[]): boolean {
  if (records.length < fewest) return false
  const counts = new Map<string, number>()
  for (const { instruction, input } of records) {
    if (typeof instruction !== 'string' || instruction.trim() === '' || typeof input !== 'string' || input.trim() === '') continue
    counts.set(instruction, (counts.get(instruction) ?? 0) + 1)
  }
  return Math.max(0, ...counts.values()) >= records.length * constantShare
}
