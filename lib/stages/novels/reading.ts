import { db } from '@/lib/db'
import { Prisma, type Chapter, type Novel, type Taking } from '@/lib/generated/prisma/client'
import { isShortFront } from '@/lib/stages/novels/short-front'
import { type Clutter, clutterIn } from '@/lib/text/clutter'

export type ReadingCut = { ordinal: number; start: number; end: number; midParagraph: boolean }

/** A chapter with everything that is drawn of it. */
export type ReadingChapter = Omit<Chapter, 'clutter'> & { cuts: ReadingCut[]; clutter: Clutter[] }

// A chapter's text never changes, so what was found in it may be kept; this much of it, in UTF-16 units.
const keptUnits = 8_000_000
const kept = new Map<number, { chapter: Chapter; clutter: Clutter[] }>()

/** Chapters of a novel from one of them on, as many as hold `characters`; with their texts, their cuts and their clutter. */
export async function readChaptersFrom(novelId: number, chapterId: number, characters: number): Promise<ReadingChapter[]> {
  const first = await db().chapter.findFirst({ where: { id: chapterId, novelId }, select: { ordinal: true, active: true } })
  if (!first) return []
  const following = first.active
    ? await db().chapter.findMany({ where: { novelId, active: true, ordinal: { gte: first.ordinal } }, orderBy: { ordinal: 'asc' }, select: { id: true, characters: true }, take: 60 })
    : [{ id: chapterId, characters: 0 }]
  const ids: number[] = []
  let sum = 0
  for (const { id, characters: own } of following) {
    if (ids.length > 0 && sum >= characters) break
    ids.push(id)
    sum += own
  }
  const [texts, cuts, words] = await Promise.all([
    textsOf(ids),
    cutsOfChapters(ids),
    db().chapter.findMany({ where: { id: { in: ids } }, select: { id: true, registerByPerson: true, taking: true, role: true, ordinal: true } }),
  ])
  return ids.flatMap((id) => {
    const found = texts.get(id)
    const now = words.find((word) => word.id === id)
    return found && now ? [{ ...found.chapter, ...now, clutter: found.clutter, cuts: cuts.get(id) ?? [] }] : []
  })
}

async function textsOf(ids: readonly number[]): Promise<Map<number, { chapter: Chapter; clutter: Clutter[] }>> {
  const missing = ids.filter((id) => !kept.has(id))
  const found = missing.length === 0 ? [] : await db().chapter.findMany({ where: { id: { in: missing } } })
  for (const chapter of found) kept.set(chapter.id, { chapter, clutter: clutterIn(chapter.text) })
  const wanted = new Map(ids.flatMap((id) => {
    const entry = kept.get(id)
    return entry ? [[id, entry] as const] : []
  }))
  // The longest unused go first: what was just asked for is put at the end.
  for (const [id, entry] of wanted) {
    kept.delete(id)
    kept.set(id, entry)
  }
  let units = [...kept.values()].reduce((sum, { chapter }) => sum + chapter.text.length, 0)
  for (const [id, { chapter }] of kept) {
    if (units <= keptUnits || wanted.has(id)) break
    kept.delete(id)
    units -= chapter.text.length
  }
  return wanted
}

/**
 * Where each chapter is cut by the newest finished set that cut it, for the margin. A chapter that was made of another
 * without a change of its text (by a new heading) shows the other's cuts.
 */
export async function cutsOfChapters(ids: readonly number[]): Promise<Map<number, ReadingCut[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db().$queryRaw<(ReadingCut & { chapterId: number })[]>`
    WITH RECURSIVE same AS (
      SELECT id AS shown, id, made_by_id, place FROM chapter WHERE id IN (${Prisma.join([...ids])})
      UNION ALL
      SELECT s.shown, b.id, b.made_by_id, b.place FROM same s JOIN revision r ON r.id = s.made_by_id AND r.kind = 'renamed'
        JOIN chapter b ON b.replaced_by_id = r.id AND b.place = s.place
    ), newest AS (
      SELECT DISTINCT ON (s.shown) s.shown, p.chapter_id, p.passage_set_id FROM same s JOIN passage p ON p.chapter_id = s.id
        JOIN passage_set t ON t.id = p.passage_set_id JOIN job j ON j.id = t.job_id AND j.state = 'succeeded'
      ORDER BY s.shown, t.created_at DESC
    )
    SELECT n.shown AS "chapterId", p.ordinal, p.start_at AS start, p.end_at AS "end", p.mid_paragraph AS "midParagraph"
    FROM newest n JOIN passage p ON p.chapter_id = n.chapter_id AND p.passage_set_id = n.passage_set_id ORDER BY p.start_at`
  const byChapter = new Map<number, ReadingCut[]>()
  for (const { chapterId, ...cut } of rows) byChapter.set(chapterId, [...(byChapter.get(chapterId) ?? []), cut])
  return byChapter
}

/** Remembers where a person reads: a share of a chapter, kept as a place in the novel that no revision moves. */
export async function rememberPlace(novelId: number, chapterId: number, share: number): Promise<void> {
  await db().$executeRaw`
    UPDATE novel n SET read_place = c.place + ${Math.min(0.999_999, Math.max(0, share))}::float8 * (coalesce(
      (SELECT min(f.place) FROM chapter f WHERE f.novel_id = c.novel_id AND f.active AND f.place > c.place), floor(c.place) + 1) - c.place)
    FROM chapter c WHERE c.id = ${chapterId}::int AND c.novel_id = n.id AND n.id = ${novelId}::int`
}

/** Where a person last read: the active chapter and the share of it that was read; null before the first time. */
export function placeIn(chapters: readonly { id: number; place: number }[], readPlace: number | null): { chapterId: number; share: number } | null {
  if (readPlace === null) return null
  const index = chapters.findLastIndex(({ place }) => place <= readPlace)
  const chapter = chapters[index]
  if (!chapter) return null
  const end = chapters[index + 1]?.place ?? Math.floor(chapter.place) + 1
  return { chapterId: chapter.id, share: Math.min(1, (readPlace - chapter.place) / (end - chapter.place)) }
}

/** A novel with its chapters as a table of contents has them, of which there may be thousands. */
export async function findNovelLines(
  projectId: string,
  novelId: number,
): Promise<(Novel & { chapters: { id: number; heading: string; characters: number; place: number; leftOut: boolean }[] }) | null> {
  const novel = await db().novel.findFirst({
    where: { id: novelId, projectId },
    include: { chapters: { where: { active: true }, select: { id: true, heading: true, headingEvidence: true, characters: true, place: true, taking: true }, orderBy: { ordinal: 'asc' } } },
  })
  if (!novel) return null
  const leftOut = (taking: Taking, chapter: { headingEvidence: string; characters: number }) =>
    taking === 'left_out' || (taking === 'by_register' && novel.taking === 'by_register' && isShortFront(chapter))
  return { ...novel, chapters: novel.chapters.map(({ taking, headingEvidence, ...chapter }) => ({ ...chapter, leftOut: leftOut(taking, { ...chapter, headingEvidence }) })) }
}
