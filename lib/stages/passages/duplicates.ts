import { db } from '@/lib/db'
import { Prisma, type DuplicateDecision } from '@/lib/generated/prisma/client'
import { libraryStamp } from '@/lib/stages/novels/duplicates'

export type PassageDuplicateGroup = {
  id: number
  ordinal: number
  decision: DuplicateDecision
  /** In the order of the passages; `likeness` is that with the first (1 for it), 0 to 1; `exact`: the same but for punctuation and width. */
  members: { passageId: number; likeness: number; exact: boolean; leftOut: boolean }[]
}

export type PassageDuplicates = { duplicateSearchId: string; isStale: boolean; groups: PassageDuplicateGroup[] }

/**
 * The groups of passages of a set that are the same or nearly so, as the newest finished search for this set found them;
 * null when its passages were never compared. Each passage is in one group at most. `isStale`: novels changed since.
 */
export async function duplicateGroupsOfPassages(projectId: string, passageSetId: string): Promise<PassageDuplicates | null> {
  const search = await db().duplicateSearch.findFirst({
    where: { projectId, passageSetId, passages: { not: null }, job: { state: 'succeeded' } },
    orderBy: { ordinal: 'desc' },
    select: { id: true, stamp: true },
  })
  if (!search) return null
  const [stamp, rows] = await Promise.all([
    libraryStamp(projectId),
    db().$queryRaw<PassageDuplicateGroup[]>`
      SELECT g.id, g.ordinal, g.decision, json_agg(json_build_object('passageId', m.passage_id, 'likeness', m.likeness, 'exact', m.exact, 'leftOut', m.left_out) ORDER BY m.ordinal) AS members
      FROM duplicate_group g JOIN duplicate_member m ON m.group_id = g.id
      WHERE g.duplicate_search_id = ${search.id}::uuid AND g.level = 'passage' GROUP BY g.id ORDER BY g.ordinal`,
  ])
  return { duplicateSearchId: search.id, isStale: search.stamp !== stamp, groups: rows }
}

/** The SQL condition "a person left this passage out as a duplicate"; `passageId` is the column it asks about. */
export function leftOutAsDuplicate(passageId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM duplicate_member dm WHERE dm.passage_id = ${passageId} AND dm.left_out)`
}

/** The SQL condition "this passage is like another one of its set", decided or not. */
export function hasDuplicate(passageId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM duplicate_member dm WHERE dm.passage_id = ${passageId})`
}
