import { db } from '@/lib/db'
import type { Split } from '@/lib/generated/prisma/client'
import type { PairFormat, TravellingPair } from '@/lib/pair-formats/format'
import { writePairs } from '@/lib/pair-formats/write'

/** Pairs read and written at once: the whole is never in memory. */
const batch = 500

/** A frozen version in one of the forms, piece by piece; of one split only where one is named. */
export function exportDataset(datasetVersionId: string, format: PairFormat, split: Split | null = null): AsyncGenerator<string> {
  return writePairs(format, batchesOf(datasetVersionId, split))
}

async function* batchesOf(datasetVersionId: string, split: Split | null): AsyncGenerator<TravellingPair[]> {
  let next = 0
  for (;;) {
    const pairs = await db().datasetPair.findMany({ where: { datasetVersionId, ordinal: { gte: next }, ...(split ? { split } : {}) }, orderBy: { ordinal: 'asc' }, take: batch })
    yield pairs
    const last = pairs.at(-1)
    if (!last || pairs.length < batch) return
    next = last.ordinal + 1
  }
}
