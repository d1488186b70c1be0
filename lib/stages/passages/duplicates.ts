import { db } from '@/lib/db'
import { Prisma, type DuplicateDecision } from '@/lib/generated/prisma/client'

export type PassageDuplicateGroup = {
  id: number
  ordinal: number
  decision: DuplicateDecision
  /** In the order of the passages; `likeness` is that with the first (1 for it), 0 to 1; `exact`: the same but for punctuation and width. */
  members: { passageId: number; likeness: number; exact: boolean; leftOut: boolean }[]
}

/**
 * The groups of passages of a set that are the same or nearly so, as the newest finished search for this set found them;
 * null when its passages were never compared. Each passage is in one group at most. What becomes of the novels makes no
 * difference: the passages of a set stay as they were cut.
 */
export async function duplicateGroupsOfPassages(projectId: string, passageSetId: string): Promise<PassageDuplicateGroup[] | null> {
  const searchId = await newestSearch(projectId, passageSetId)
  if (searchId === null) return null
  return db().$queryRaw<PassageDuplicateGroup[]>`
    SELECT g.id, g.ordinal, g.decision, json_agg(json_build_object('passageId', m.passage_id, 'likeness', m.likeness, 'exact', m.exact, 'leftOut', m.left_out) ORDER BY m.ordinal) AS members
    FROM duplicate_group g JOIN duplicate_member m ON m.group_id = g.id
    WHERE g.duplicate_search_id = ${searchId}::uuid AND g.level = 'passage' GROUP BY g.id ORDER BY g.ordinal`
}

/** What a person decided about the near-equal passages of a set, as one short text; null where nothing is decided. */
export async function passageDecisionsPrint(projectId: string, passageSetId: string): Promise<string | null> {
  const searchId = await newestSearch(projectId, passageSetId)
  if (searchId === null) return null
  const rows = await db().$queryRaw<{ print: string | null }[]>`
    SELECT md5(string_agg(concat_ws(' ', m.ordinal, m.passage_id, g.decision, m.left_out), E'\n' ORDER BY g.ordinal, m.ordinal)) AS print
    FROM duplicate_group g JOIN duplicate_member m ON m.group_id = g.id
    WHERE g.duplicate_search_id = ${searchId}::uuid AND g.level = 'passage' AND (g.decision <> 'undecided' OR m.left_out)`
  return rows[0]?.print ?? null
}

async function newestSearch(projectId: string, passageSetId: string): Promise<string | null> {
  const search = await db().duplicateSearch.findFirst({
    where: { projectId, passageSetId, passages: { not: null }, job: { state: 'succeeded' } },
    orderBy: { ordinal: 'desc' },
    select: { id: true },
  })
  return search?.id ?? null
}

/** The SQL condition "a person left this passage out as a duplicate"; `passageId` is the column it asks about. */
export function leftOutAsDuplicate(passageId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM duplicate_member dm WHERE dm.passage_id = ${passageId} AND dm.left_out)`
}
