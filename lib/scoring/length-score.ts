/**
 * How near a length comes to the one asked for, 0 to 100 (Bai et al., LongWriter, arXiv 2408.07055, S_l): too long loses its points at
 * four times the target, too short at a third of it.
 */
export function lengthScore(characters: number, target: number): number {
  if (target <= 0) throw new RangeError('A length is scored against a target above 0')
  if (characters <= 0) return 0
  const excess = characters > target ? (characters / target - 1) / 3 : (target / characters - 1) / 2
  return 100 * Math.max(0, 1 - excess)
}
