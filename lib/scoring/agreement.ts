/**
 * Krippendorff's alpha for nominal values (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability"): 1 is perfect agreement,
 * 0 what chance gives. Each unit is the list of values that its voters gave; one with a single value says nothing. null where nothing
 * can be said: no unit with two values, or one value only throughout.
 */
export function agreement(units: readonly (readonly string[])[]): number | null {
  const pairable = units.filter((values) => values.length > 1)
  const totals = new Map<string, number>()
  let [count, disagreed] = [0, 0]
  for (const values of pairable) {
    const counts = new Map<string, number>()
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
    for (const [value, times] of counts) {
      totals.set(value, (totals.get(value) ?? 0) + times)
      disagreed += (times * (values.length - times)) / (values.length - 1)
    }
    count += values.length
  }
  const expected = [...totals.values()].reduce((sum, times) => sum + times * (count - times), 0) / (count - 1)
  return count === 0 || expected === 0 ? null : 1 - disagreed / expected
}
