import type { Tx } from '@/lib/db'
import { Prisma, type DuplicateSearch } from '@/lib/generated/prisma/client'
import type { Attempt } from '@/lib/queue/attempt'

/**
 * What is to be known of the groups once all are there: which only repeat a group of whole chapters or novels, and what
 * a person had decided about the same texts in an earlier search. Then the earlier searches go, but for the passages of
 * other sets. Doing it twice changes nothing.
 */
export async function settleGroups(attempt: Attempt, search: DuplicateSearch): Promise<{ novels: number; chapters: number; passages: number }> {
  return attempt.write(async (tx) => {
    await markWithin(tx, search.id)
    await carryDecisions(tx, search)
    await dropEarlier(tx, search)
    const rows = await tx.$queryRaw<{ novels: number; chapters: number; passages: number }[]>`
      SELECT count(*) FILTER (WHERE level = 'novel')::int AS novels, count(*) FILTER (WHERE level = 'chapter')::int AS chapters,
        count(*) FILTER (WHERE level = 'passage')::int AS passages FROM duplicate_group WHERE duplicate_search_id = ${search.id}::uuid`
    return rows[0] ?? { novels: 0, chapters: 0, passages: 0 }
  })
}

/** Groups whose members lie in different members of one group a level (or two) above. */
async function markWithin(tx: Tx, searchId: string): Promise<void> {
  const above = (id: Prisma.Sql, column: Prisma.Sql) => Prisma.sql`
    (SELECT a.group_id FROM duplicate_member a JOIN duplicate_group ag ON ag.id = a.group_id AND ag.duplicate_search_id = ${searchId}::uuid WHERE ${column} = ${id})`
  await tx.$executeRaw`
    UPDATE duplicate_group g SET within = true FROM (
      SELECT m.group_id, count(*) AS members,
        count(DISTINCT c.novel_id) AS novels, count(DISTINCT c.id) AS chapters,
        min(${above(Prisma.sql`c.novel_id`, Prisma.sql`a.novel_id`)}) AS novel_from, max(${above(Prisma.sql`c.novel_id`, Prisma.sql`a.novel_id`)}) AS novel_to,
        count(${above(Prisma.sql`c.novel_id`, Prisma.sql`a.novel_id`)}) AS in_novels,
        min(${above(Prisma.sql`p.chapter_id`, Prisma.sql`a.chapter_id`)}) AS chapter_from, max(${above(Prisma.sql`p.chapter_id`, Prisma.sql`a.chapter_id`)}) AS chapter_to,
        count(${above(Prisma.sql`p.chapter_id`, Prisma.sql`a.chapter_id`)}) AS in_chapters
      FROM duplicate_group own JOIN duplicate_member m ON m.group_id = own.id
      LEFT JOIN passage p ON p.id = m.passage_id JOIN chapter c ON c.id = coalesce(m.chapter_id, p.chapter_id)
      WHERE own.duplicate_search_id = ${searchId}::uuid AND own.level <> 'novel' GROUP BY m.group_id) lies
    WHERE lies.group_id = g.id AND (
      (in_novels = members AND novels = members AND novel_from = novel_to) OR (in_chapters = members AND chapters = members AND chapter_from = chapter_to))`
}

/** A text that was left out stays so; a group that is all but one left out is decided, and one that was said to be none stays so. */
async function carryDecisions(tx: Tx, { id, projectId }: DuplicateSearch): Promise<void> {
  const earlier = Prisma.sql`duplicate_member o JOIN duplicate_group og ON og.id = o.group_id
    JOIN duplicate_search os ON os.id = og.duplicate_search_id AND os.project_id = ${projectId}::uuid AND os.id <> ${id}::uuid`
  const same = Prisma.sql`(o.novel_id = m.novel_id OR o.chapter_id = m.chapter_id OR o.passage_id = m.passage_id)`
  await tx.$executeRaw`
    UPDATE duplicate_member m SET left_out = o.left_out, taking_before = o.taking_before
    FROM duplicate_group g, ${earlier} WHERE g.id = m.group_id AND g.duplicate_search_id = ${id}::uuid AND ${same} AND (o.left_out OR o.taking_before IS NOT NULL)`
  await tx.$executeRaw`
    UPDATE duplicate_group g SET decision = 'one_kept', decided_at = now() FROM (
      SELECT m.group_id FROM duplicate_member m JOIN duplicate_group own ON own.id = m.group_id AND own.duplicate_search_id = ${id}::uuid
      GROUP BY m.group_id HAVING count(*) FILTER (WHERE NOT m.left_out) = 1) one
    WHERE one.group_id = g.id AND g.decision = 'undecided'`
  await tx.$executeRaw`
    UPDATE duplicate_group g SET decision = 'all_kept', decided_at = now() FROM (
      SELECT m.group_id FROM duplicate_member m JOIN duplicate_group own ON own.id = m.group_id AND own.duplicate_search_id = ${id}::uuid
      LEFT JOIN (${earlier}) ON ${same} AND og.decision = 'all_kept'
      GROUP BY m.group_id HAVING bool_and(og.id IS NOT NULL) AND count(DISTINCT og.id) = 1) none
    WHERE none.group_id = g.id AND g.decision = 'undecided'`
}

async function dropEarlier(tx: Tx, { id, projectId, passageSetId }: DuplicateSearch): Promise<void> {
  // With its job: a search is found again by the key of its job, and nothing must be found that is no longer there.
  await tx.$executeRaw`
    DELETE FROM job WHERE state IN ('succeeded', 'failed', 'cancelled') AND id IN (
      SELECT job_id FROM duplicate_search WHERE project_id = ${projectId}::uuid AND id <> ${id}::uuid
        AND (passage_set_id IS NULL OR passage_set_id = ${passageSetId}::uuid OR passages IS NULL))`
  await tx.$executeRaw`
    DELETE FROM duplicate_group g USING duplicate_search s WHERE s.id = g.duplicate_search_id AND s.project_id = ${projectId}::uuid
      AND s.id <> ${id}::uuid AND g.level <> 'passage'`
}
