import { db } from '@/lib/db'
import type { Taking } from '@/lib/generated/prisma/client'

/** Of a novel's characters so many must stand in another, chapter by chapter, to say that it is contained there; 0 to 1. */
const least = 0.8

/** A novel whose chapters, or nearly all, are chapters of a larger one too, or that is one chapter of it: of an anthology, a collected edition. */
export type ContainedNovel = {
  id: number
  title: string
  taking: Taking
  /** Its chapters, those that the larger one has too, and the share of its characters that is in these. */
  chapters: number
  shared: number
  share: number
  /** The one chapter of the larger novel that holds it whole; null where its chapters are chapters there. */
  chapter: string | null
  outerId: number
  outer: string
  outerTaking: Taking
}

/**
 * Novels that another one contains, by the groups of chapters that a search for duplicates has found and nobody has called
 * different, and those that it found whole in one chapter; the most complete first. Two that contain each other are duplicates of each other, and not told here.
 */
export async function containedNovels(searchId: string): Promise<ContainedNovel[]> {
  return db().$queryRaw<ContainedNovel[]>`
    WITH alike AS (
        SELECT c.id, c.novel_id, c.characters, oc.novel_id AS outer_id
        FROM duplicate_group g JOIN duplicate_member m ON m.group_id = g.id JOIN chapter c ON c.id = m.chapter_id AND c.active
        JOIN duplicate_member o ON o.group_id = g.id JOIN chapter oc ON oc.id = o.chapter_id AND oc.active AND oc.novel_id <> c.novel_id
        WHERE g.duplicate_search_id = ${searchId}::uuid AND g.level = 'chapter' AND g.decision <> 'all_kept'
        GROUP BY c.id, c.novel_id, c.characters, oc.novel_id),
      whole AS (SELECT novel_id, count(*)::int AS chapters, sum(characters) AS characters FROM chapter
        WHERE active AND novel_id IN (SELECT novel_id FROM alike) GROUP BY novel_id),
      held AS (SELECT a.novel_id, a.outer_id, w.chapters, count(*)::int AS shared, sum(a.characters)::float8 / greatest(1, w.characters) AS share
        FROM alike a JOIN whole w USING (novel_id) GROUP BY a.novel_id, a.outer_id, w.chapters, w.characters),
      told AS (
        SELECT h.novel_id, h.outer_id, h.chapters, h.shared, least(1, h.share) AS share, NULL AS chapter FROM held h
        WHERE h.share >= ${least} AND NOT EXISTS (SELECT 1 FROM held b WHERE b.novel_id = h.outer_id AND b.outer_id = h.novel_id AND b.share >= ${least})
        UNION ALL
        SELECT w.novel_id, c.novel_id, (SELECT count(*)::int FROM chapter own WHERE own.novel_id = w.novel_id AND own.active), 0, w.likeness, c.heading
        FROM novel_in_chapter w JOIN chapter c ON c.id = w.chapter_id AND c.active WHERE w.duplicate_search_id = ${searchId}::uuid)
    SELECT n.id, n.title, n.taking, t.chapters, t.shared, t.share::float8 AS share, t.chapter, o.id AS "outerId", o.title AS outer, o.taking AS "outerTaking"
    FROM told t JOIN novel n ON n.id = t.novel_id JOIN novel o ON o.id = t.outer_id ORDER BY t.share DESC, n.id, o.id`
}
