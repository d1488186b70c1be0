/**
 * How well an entry answers what was typed, 0 (not at all) to 1: every word must be in its name or its other names; the
 * name itself, from its beginning, comes first. Case and the width of letters and digits make no difference.
 */
export function rank(name: string, typed: string, otherNames: readonly string[] = []): number {
  const words = fold(typed).split(/\s+/).filter((word) => word !== '')
  const own = fold(name)
  const all = [own, ...otherNames.map(fold)]
  if (!words.every((word) => all.some((each) => each.includes(word)))) return 0
  const whole = words.join(' ')
  if (own.startsWith(whole)) return 1
  return own.includes(whole) ? 0.8 : 0.5
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
