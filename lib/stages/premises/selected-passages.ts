import { db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { everyPassage, type PassageSelection } from '@/lib/settings/selection'

/** The ids of the passages that a selection takes of a set, as a query: the same set and selection always give the same. */
export function selectedPassages(passageSetId: string, { leaveOut, sample }: PassageSelection = everyPassage): Prisma.Sql {
  // Drawn by the hash of seed and number, so that a larger sample of the same seed holds the smaller one.
  const drawn = sample ? Prisma.sql`ORDER BY md5(${`${sample.seed}:`} || s.ordinal), s.ordinal LIMIT ${sample.size}` : Prisma.empty
  return Prisma.sql`
    SELECT s.id FROM passage s JOIN chapter c ON c.id = s.chapter_id
    WHERE s.passage_set_id = ${passageSetId}::uuid AND c.novel_id <> ALL(${leaveOut.novels}) AND c.id <> ALL(${leaveOut.chapters}) AND s.ordinal <> ALL(${leaveOut.passages}) ${drawn}`
}

/** What a selection comes to. Lengths are in characters. */
export async function selectionTotals(passageSetId: string, selection?: PassageSelection): Promise<{ passages: number; characters: number; longest: number }> {
  const rows = await db().$queryRaw<{ passages: number; characters: number; longest: number }[]>`
    SELECT count(*)::int AS passages, coalesce(sum(end_at - start_at), 0)::float8 AS characters, coalesce(max(end_at - start_at), 0)::int AS longest
    FROM passage WHERE id IN (${selectedPassages(passageSetId, selection)})`
  return rows[0] ?? { passages: 0, characters: 0, longest: 0 }
}
