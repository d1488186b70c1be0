import { setImmediate as letOthers } from 'node:timers/promises'
import { db } from '@/lib/db'
import { PassageIndex } from '@/lib/scoring/passage-overlap'

const batch = 1_000

/** The index over a frozen version's passages, of both sides of its split; a passage's name is its ordinal. */
export async function indexPassages(datasetVersionId: string): Promise<PassageIndex> {
  const index = new PassageIndex()
  for (let from = 0; ; from += batch) {
    const pairs = await db().datasetPair.findMany({ where: { datasetVersionId, ordinal: { gte: from, lt: from + batch } }, orderBy: { ordinal: 'asc' }, select: { passage: true } })
    if (pairs.length === 0) return index
    for (const { passage } of pairs) index.add(passage)
    await letOthers()
  }
}
