import { db } from '@/lib/db'

export type SetChapter = { chapterId: number; heading: string; passages: number }
export type SetNovel = { novelId: number; title: string; passages: number; chapters: SetChapter[] }

/** The novels and chapters that a passage set has passages of, in the order of the set, with how many each. */
export async function contentsOfSet(passageSetId: string): Promise<SetNovel[]> {
  const rows = await db().$queryRaw<(SetChapter & { novelId: number; title: string })[]>`
    SELECT n.id AS "novelId", n.title, c.id AS "chapterId", c.heading, count(*)::int AS passages
    FROM passage p JOIN chapter c ON c.id = p.chapter_id JOIN novel n ON n.id = c.novel_id
    WHERE p.passage_set_id = ${passageSetId}::uuid GROUP BY n.id, c.id ORDER BY min(p.ordinal)`
  const novels = new Map<number, SetNovel>()
  for (const { novelId, title, ...chapter } of rows) {
    const novel = novels.get(novelId) ?? { novelId, title, passages: 0, chapters: [] }
    novel.chapters.push(chapter)
    novel.passages += chapter.passages
    novels.set(novelId, novel)
  }
  return [...novels.values()]
}
