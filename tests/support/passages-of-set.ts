import { db } from '@/lib/db'
import { passagesById, type PassageEntry } from '@/lib/stages/passages/passages'

/** Every passage of a small set with its text, in the order of the novels. */
export async function passagesOfSet(passageSetId: string): Promise<PassageEntry[]> {
  const rows = await db().passage.findMany({ where: { passageSetId }, orderBy: { ordinal: 'asc' }, select: { id: true } })
  return passagesById(rows.map(({ id }) => id))
}
