import { db } from '@/lib/db'
import type { DuplicateSearch } from '@/lib/generated/prisma/client'
import type { Attempt } from '@/lib/queue/attempt'
import { NearDuplicates } from '@/lib/text/near-duplicates'
import { chapterTexts, novelTexts, type Texts } from '@/gpu-worker/stages/find-duplicates/texts'

/** Texts that differ more in length than by this times what their likeness allows are not looked at. */
const spare = 1.5
/** A chapter that is more of its own novel than this is the novel, which is compared as one. */
const mostOfOuter = 0.8
/** Texts that are folded and compared before the next look at whether to go on. */
const together = 20

type Length = { id: number; characters: number }

/**
 * Finds novels of several chapters that a single chapter of a larger novel holds whole. Only chapters as long as a novel
 * are compared with novels, so that a library without anthologies costs next to nothing.
 */
export async function findNovelsInChapters(attempt: Attempt, search: DuplicateSearch, likeness: number): Promise<void> {
  const chapters = await longChapters(search.projectId, likeness / spare)
  const novels = chapters.length > 0 ? await likelyNovels(search.projectId, chapters, likeness / spare) : []
  const found = novels.length > 0 ? await compared(attempt, novelTexts(novels), chapterTexts(chapters), likeness) : []
  await attempt.write(async (tx) => {
    await tx.novelInChapter.deleteMany({ where: { duplicateSearchId: search.id } })
    const novelOf = new Map((await tx.chapter.findMany({ where: { id: { in: found.map(({ chapterId }) => chapterId) } }, select: { id: true, novelId: true } })).map(({ id, novelId }) => [id, novelId]))
    await tx.novelInChapter.createMany({ data: found.filter(({ novelId, chapterId }) => novelOf.get(chapterId) !== novelId).map((each) => ({ duplicateSearchId: search.id, ...each })) })
  })
}

/** The novels first: a group of what is alike goes by its first, and so by a novel wherever one is in it. */
async function compared(attempt: Attempt, novels: Texts, chapters: Texts, likeness: number): Promise<{ novelId: number; chapterId: number; likeness: number }[]> {
  const novelCount = novels.ids.length
  const read = async (numbers: readonly number[]) => {
    const [ofNovels, ofChapters] = await Promise.all([novels.read(numbers.filter((number) => number < novelCount)), chapters.read(numbers.filter((number) => number >= novelCount).map((number) => number - novelCount))])
    let [atNovel, atChapter] = [0, 0]
    return numbers.map((number) => (number < novelCount ? ofNovels[atNovel++] : ofChapters[atChapter++]) ?? new Uint16Array(0))
  }
  const finder = new NearDuplicates(likeness, read)
  const all = Array.from({ length: novelCount + chapters.ids.length }, (_, number) => number)
  for (let at = 0; at < all.length; at += together) {
    attempt.signal.throwIfAborted()
    await finder.add(await read(all.slice(at, at + together)))
  }
  return finder.found().flatMap(({ first, repeats }) => {
    const members = [{ text: first, likeness: 1 }, ...repeats]
    return members.flatMap((novel) =>
      members.flatMap((chapter) => {
        const [novelId, chapterId] = [novels.ids[novel.text], chapters.ids[chapter.text - novelCount]]
        return novelId === undefined || chapterId === undefined ? [] : [{ novelId, chapterId, likeness: Math.min(novel.likeness, chapter.likeness) }]
      }),
    )
  })
}

/** Chapters as long as some novel of several chapters, of novels that have more beside them. */
async function longChapters(projectId: string, ratio: number): Promise<Length[]> {
  return db().$queryRaw<Length[]>`
    WITH whole AS (SELECT n.id, count(*) AS chapters, sum(c.characters) AS characters FROM novel n JOIN chapter c ON c.novel_id = n.id AND c.active
      JOIN upload u ON u.id = n.upload_id AND u.state = 'ready' WHERE n.project_id = ${projectId}::uuid GROUP BY n.id)
    SELECT c.id, c.characters FROM chapter c JOIN whole o ON o.id = c.novel_id
    WHERE c.active AND c.characters < ${mostOfOuter}::float8 * o.characters AND c.characters >= ${ratio}::float8 * (SELECT min(characters) FROM whole WHERE chapters > 1)
      AND EXISTS (SELECT 1 FROM whole n WHERE n.id <> o.id AND n.chapters > 1 AND c.characters BETWEEN ${ratio}::float8 * n.characters AND n.characters / ${ratio}::float8)
    ORDER BY c.novel_id, c.ordinal`
}

/** Novels of several chapters that are about as long as one of these chapters. */
async function likelyNovels(projectId: string, chapters: readonly Length[], ratio: number): Promise<Length[]> {
  return db().$queryRaw<Length[]>`
    SELECT n.id, sum(c.characters)::int AS characters FROM novel n JOIN chapter c ON c.novel_id = n.id AND c.active
    JOIN upload u ON u.id = n.upload_id AND u.state = 'ready' WHERE n.project_id = ${projectId}::uuid
    GROUP BY n.id HAVING count(*) > 1
      AND EXISTS (SELECT 1 FROM unnest(${chapters.map(({ characters }) => characters)}::int[]) AS long(characters) WHERE long.characters BETWEEN ${ratio}::float8 * sum(c.characters) AND sum(c.characters) / ${ratio}::float8)
    ORDER BY n.id`
}
