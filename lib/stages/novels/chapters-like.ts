import { db } from '@/lib/db'

/** Another chapter that says the same or nearly so; `likeness` is that with the first of their group, 0 to 1. */
export type ChapterLike = { novelId: number; novel: string; chapterId: number; heading: string; likeness: number; exact: boolean }

/** Others of a chapter that are told; a text that is everywhere is seen on the page of the duplicates. */
const most = 5

/**
 * Of each of the chapters the others of its group, as the newest search for duplicates found them; nothing of chapters
 * that are in no group, or in one whose texts a person said all stay.
 */
export async function chaptersLike(chapterIds: readonly number[]): Promise<Map<number, ChapterLike[]>> {
  const rows = await db().$queryRaw<(ChapterLike & { of: number })[]>`
    SELECT m.chapter_id AS of, n.id AS "novelId", n.title AS novel, c.id AS "chapterId", c.heading,
      CASE WHEN o.ordinal = 0 THEN m.likeness ELSE o.likeness END AS likeness, m.exact AND o.exact AS exact
    FROM duplicate_member m JOIN duplicate_group g ON g.id = m.group_id AND g.decision <> 'all_kept'
    JOIN duplicate_member o ON o.group_id = m.group_id AND o.ordinal <> m.ordinal
    JOIN chapter c ON c.id = o.chapter_id JOIN novel n ON n.id = c.novel_id
    WHERE m.chapter_id = ANY(${[...chapterIds]}::int[]) ORDER BY m.chapter_id, g.id DESC, o.ordinal`
  const alike = new Map<number, ChapterLike[]>()
  for (const { of, ...other } of rows) {
    const others = alike.get(of) ?? []
    alike.set(of, others)
    if (others.length < most && !others.some(({ chapterId }) => chapterId === other.chapterId)) others.push(other)
  }
  return alike
}
