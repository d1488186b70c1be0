import type { DatasetVersion } from '@/lib/generated/prisma/client'
import { tokenLengths, trainingOrdinals, type TokenCountEntry } from '@/lib/stages/pairs/token-counts'

/** A version's lengths under one count, what the maximum length cuts of each side, and the median. */
export async function cutFigures(version: DatasetVersion, count: TokenCountEntry, maxLength: number) {
  const figures = await tokenLengths(count, await trainingOrdinals(version.id), maxLength)
  const sorted = figures.lengths.toSorted((one, other) => one - other)
  return { ...figures, median: sorted[Math.floor(sorted.length / 2)] ?? 0 }
}
