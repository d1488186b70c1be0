import { db } from '@/lib/db'
import { Prisma, type DuplicateDecision, type DuplicateLevel } from '@/lib/generated/prisma/client'

export type DuplicateMemberEntry = {
  groupId: number
  ordinal: number
  /** The novel's, chapter's or passage's own id, by the level. */
  id: number
  novelId: number
  novel: string
  fileName: string
  chapterId: number | null
  heading: string | null
  chapterOrdinal: number | null
  passageOrdinal: number | null
  characters: number
  likeness: number
  exact: boolean
  /** Left out by the decision on its group. */
  leftOut: boolean
  /** Takes no part now, by whatever word. */
  isOut: boolean
}

export type DuplicateGroupEntry = { id: number; level: DuplicateLevel; ordinal: number; decision: DuplicateDecision; within: boolean; members: DuplicateMemberEntry[] }

export type GroupCounts = Record<DuplicateLevel, { undecided: number; decided: number; within: number }>

/** The SQL condition "takes no part now, by whatever word"; the member is `m`, its chapter `c`, its novel `n`. */
const isOut = Prisma.sql`(m.left_out OR coalesce(c.taking, n.taking) = 'left_out' OR (coalesce(c.taking, n.taking) = 'by_register' AND n.taking = 'left_out'))`

/** How many groups each level has: those to be decided and decided, and those that only repeat a group above. */
export async function countDuplicateGroups(searchId: string): Promise<GroupCounts> {
  const rows = await db().$queryRaw<{ level: DuplicateLevel; undecided: number; decided: number; within: number }[]>`
    SELECT level, count(*) FILTER (WHERE NOT within AND decision = 'undecided')::int AS undecided,
      count(*) FILTER (WHERE NOT within AND decision <> 'undecided')::int AS decided, count(*) FILTER (WHERE within)::int AS within
    FROM duplicate_group WHERE duplicate_search_id = ${searchId}::uuid GROUP BY level`
  const of = (level: DuplicateLevel) => {
    const row = rows.find((each) => each.level === level)
    return { undecided: row?.undecided ?? 0, decided: row?.decided ?? 0, within: row?.within ?? 0 }
  }
  return { novel: of('novel'), chapter: of('chapter'), passage: of('passage') }
}

/**
 * How many groups of novels or chapters, of the newest finished search, nobody has decided although two or more of
 * their texts still take part: what would be cut twice as things stand. 0 where duplicates were never searched for.
 */
export async function countOpenDuplicates(projectId: string): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM duplicate_group g
    WHERE g.duplicate_search_id = (SELECT d.id FROM duplicate_search d JOIN job j ON j.id = d.job_id AND j.state = 'succeeded'
        WHERE d.project_id = ${projectId}::uuid ORDER BY d.ordinal DESC LIMIT 1)
      AND g.level <> 'passage' AND NOT g.within AND g.decision = 'undecided'
      AND (SELECT count(*) FROM duplicate_member m LEFT JOIN chapter c ON c.id = m.chapter_id JOIN novel n ON n.id = coalesce(m.novel_id, c.novel_id)
        WHERE m.group_id = g.id AND coalesce(c.active, true) AND NOT ${isOut}) > 1`
  return row?.count ?? 0
}

export const groupShows = ['undecided', 'decided', 'within'] as const
export type GroupShow = (typeof groupShows)[number]

/** A page of a level's groups with their members, in reading order. */
export async function listDuplicateGroups(searchId: string, level: DuplicateLevel, show: GroupShow, page: { take: number; skip: number }): Promise<DuplicateGroupEntry[]> {
  const groups = await db().duplicateGroup.findMany({
    where: {
      duplicateSearchId: searchId,
      level,
      within: show === 'within',
      ...(show === 'undecided' ? { decision: 'undecided' as const } : show === 'decided' ? { decision: { not: 'undecided' as const } } : {}),
    },
    orderBy: { ordinal: 'asc' },
    ...page,
  })
  const members = await membersOf(groups.map(({ id }) => id))
  return groups.map(({ id, ordinal, decision, within }) => ({ id, level, ordinal, decision, within, members: members.filter((member) => member.groupId === id) }))
}

async function membersOf(groupIds: number[]): Promise<DuplicateMemberEntry[]> {
  return db().$queryRaw<DuplicateMemberEntry[]>`
    SELECT m.group_id AS "groupId", m.ordinal, coalesce(m.novel_id, m.chapter_id, m.passage_id) AS id, n.id AS "novelId", n.title AS novel, u.file_name AS "fileName",
      c.id AS "chapterId", c.heading, c.ordinal AS "chapterOrdinal", p.ordinal AS "passageOrdinal", m.characters, m.likeness, m.exact, m.left_out AS "leftOut",
      ${isOut} AS "isOut"
    FROM duplicate_member m LEFT JOIN passage p ON p.id = m.passage_id LEFT JOIN chapter c ON c.id = coalesce(m.chapter_id, p.chapter_id)
    JOIN novel n ON n.id = coalesce(m.novel_id, c.novel_id) JOIN upload u ON u.id = n.upload_id
    WHERE m.group_id = ANY(${groupIds}::int[]) ORDER BY m.group_id, m.ordinal`
}

/** The texts of chapters or passages by id; none of a whole novel. */
export async function textsOfMembers(level: DuplicateLevel, ids: readonly number[]): Promise<Map<number, string>> {
  switch (level) {
    case 'novel':
      return new Map()
    case 'chapter': {
      const rows = await db().chapter.findMany({ where: { id: { in: [...ids] } }, select: { id: true, text: true } })
      return new Map(rows.map(({ id, text }) => [id, text]))
    }
    case 'passage': {
      const rows = await db().$queryRaw<{ id: number; text: string }[]>`
        SELECT p.id, substring(c.text FROM p.start_at + 1 FOR p.end_at - p.start_at) AS text FROM passage p JOIN chapter c ON c.id = p.chapter_id WHERE p.id = ANY(${[...ids]}::int[])`
      return new Map(rows.map(({ id, text }) => [id, text]))
    }
  }
}

export type ChapterOfDuplicate = { id: number; novelId: number; heading: string; ordinal: number; characters: number; hash: string }

/** The chapters of novels, each with a hash of its text, in order: what two alike novels are compared by. */
export async function chaptersOfDuplicates(novelIds: readonly number[]): Promise<ChapterOfDuplicate[]> {
  return db().$queryRaw<ChapterOfDuplicate[]>(Prisma.sql`
    SELECT id, novel_id AS "novelId", heading, ordinal, characters, md5(text) AS hash FROM chapter
    WHERE novel_id = ANY(${[...novelIds]}::int[]) AND active ORDER BY novel_id, ordinal`)
}

/** Novels (by id) that are in a group of the newest search, and in how many groups of chapters each has one. */
export async function duplicatesOfNovels(projectId: string): Promise<Map<number, { novel: boolean; chapters: number }>> {
  const rows = await db().$queryRaw<{ id: number; novel: boolean; chapters: number }[]>`
    SELECT coalesce(m.novel_id, c.novel_id) AS id, bool_or(m.novel_id IS NOT NULL) AS novel, count(DISTINCT m.chapter_id)::int AS chapters
    FROM duplicate_member m JOIN duplicate_group g ON g.id = m.group_id AND g.level <> 'passage' AND g.decision <> 'all_kept'
    JOIN duplicate_search s ON s.id = g.duplicate_search_id AND s.project_id = ${projectId}::uuid LEFT JOIN chapter c ON c.id = m.chapter_id
    WHERE s.ordinal = (SELECT max(ordinal) FROM duplicate_search d JOIN job j ON j.id = d.job_id AND j.state = 'succeeded' WHERE d.project_id = ${projectId}::uuid)
    GROUP BY 1`
  return new Map(rows.map(({ id, novel, chapters }) => [id, { novel, chapters }]))
}
