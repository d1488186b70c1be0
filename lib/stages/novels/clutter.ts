import { db, type Tx } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Chapter, Revision } from '@/lib/generated/prisma/client'
import { kept } from '@/lib/stages/novels/chapters'
import { type MadeChapter, revise } from '@/lib/stages/novels/revisions'
import { cleaned, type Clutter, clutterIn, type ClutterKind, clutterKinds, wordsOf } from '@/lib/text/clutter'
import { codePoints } from '@/lib/text/counts'

export type ClutterCounts = Partial<Record<ClutterKind, number>>

/** How many places of each kind there are, by novel (all of the project's, or one); of the active chapters that were looked through. */
export async function clutterByNovel(projectId: string, novelId?: number): Promise<Map<number, ClutterCounts>> {
  const rows = await db().$queryRaw<{ id: number; kind: string; count: number }[]>`
    SELECT n.id, e.key AS kind, sum(e.value::int)::int AS count FROM novel n JOIN upload u ON u.id = n.upload_id AND u.state = 'ready'
      JOIN chapter c ON c.novel_id = n.id AND c.active CROSS JOIN LATERAL jsonb_each_text(c.clutter) e
    WHERE n.project_id = ${projectId}::uuid AND (${novelId ?? null}::int IS NULL OR n.id = ${novelId ?? null}::int) AND c.clutter <> '{}' GROUP BY n.id, e.key`
  const byNovel = new Map<number, ClutterCounts>()
  for (const { id, kind, count } of rows) {
    const known = clutterKinds.find((each) => each === kind)
    if (known) byNovel.set(id, { ...byNovel.get(id), [known]: count })
  }
  return byNovel
}

export type ClutterPlace = {
  chapterId: number
  heading: string
  ordinal: number
  kind: ClutterKind
  /** In code points of the chapter, and in units of it, which say the place again when it is to be removed. */
  at: number
  start: number
  end: number
  before: string
  words: string
  after: string
  /** Said by a person to be none. */
  kept: boolean
}

const AROUND = 18

/** Places of one kind in a novel, in its order, with the words around them; and how many there are. */
export async function clutterPlaces(novelId: number, kind: ClutterKind, page: { take: number; skip: number }): Promise<{ total: number; places: ClutterPlace[] }> {
  const [chapters, words] = await Promise.all([chaptersWith(db(), novelId, [kind]), keptWords(db(), novelId)])
  let total = 0
  const places: ClutterPlace[] = []
  for (const { id, heading, ordinal, text } of chapters) {
    for (const place of clutterIn(text)) {
      if (place.kind !== kind) continue
      total += 1
      if (total <= page.skip || places.length >= page.take) continue
      const { start, end } = place
      places.push({
        chapterId: id, heading, ordinal, kind, start, end,
        at: codePoints(text.slice(0, start)),
        before: text.slice(Math.max(0, start - AROUND), start),
        words: text.slice(start, end),
        after: text.slice(end, end + AROUND),
        kept: words.has(`${kind}\n${wordsOf(text, place)}`),
      })
    }
  }
  return { total, places }
}

/**
 * Removes the clutter of some kinds from a novel, without what a person said to keep; a chapter of nothing else goes
 * altogether, unless it is the only one. Null when there is nothing to remove.
 */
export async function cleanNovel(tx: Tx, novelId: number, kinds: readonly ClutterKind[], runId?: string): Promise<Revision | null> {
  const [chapters, words, all] = await Promise.all([chaptersWith(tx, novelId, kinds), keptWords(tx, novelId), tx.chapter.count({ where: { novelId, active: true } })])
  const places: ClutterCounts = {}
  const replaces: number[] = []
  const makes: MadeChapter[] = []
  for (const chapter of chapters) {
    const removed = clutterIn(chapter.text).filter((place) => kinds.includes(place.kind) && !words.has(`${place.kind}\n${wordsOf(chapter.text, place)}`))
    const text = cleaned(chapter.text, removed)
    const isLast = text.trim() === '' && all - (replaces.length - makes.length) <= 1
    if (removed.length === 0 || isLast) continue
    replaces.push(chapter.id)
    if (text.trim() !== '') makes.push({ ...kept(chapter), text })
    for (const { kind } of removed) places[kind] = (places[kind] ?? 0) + 1
  }
  if (replaces.length === 0) return null
  return revise(tx, { novelId, kind: 'cleaned', what: { chapters: replaces.length, places }, replaces, makes, ...(runId === undefined ? {} : { runId }) })
}

/** Removes one place. Throws `clutter.gone` when the rules no longer find it there. */
export async function cleanPlace(projectId: string, chapterId: number, start: number, end: number): Promise<Revision> {
  return db().$transaction(async (tx) => {
    const { chapter, place } = await placeOf(tx, projectId, chapterId, start, end)
    return cleanOne(tx, chapter, place)
  })
}

/** The same for a place that is known to be there. */
export async function cleanOne(tx: Tx, chapter: Chapter, place: Clutter): Promise<Revision> {
  const text = cleaned(chapter.text, [place])
  if (text.trim() === '') throw new MolianError('clutter.whole-chapter')
  return revise(tx, { novelId: chapter.novelId, kind: 'cleaned', what: { chapters: 1, places: { [place.kind]: 1 } }, replaces: [chapter.id], makes: [{ ...kept(chapter), text }] })
}

/** Says that a place, and every other of the same words in its novel, is no clutter; or takes that back. */
export async function keepPlace(projectId: string, chapterId: number, start: number, end: number, keeps: boolean): Promise<void> {
  await db().$transaction(async (tx) => {
    const { chapter, place } = await placeOf(tx, projectId, chapterId, start, end)
    const row = { novelId: chapter.novelId, kind: place.kind, words: wordsOf(chapter.text, place) }
    if (keeps) await tx.keptClutter.upsert({ where: { novelId_kind_words: row }, create: row, update: {} })
    else await tx.keptClutter.deleteMany({ where: row })
  })
}

async function placeOf(tx: Tx, projectId: string, chapterId: number, start: number, end: number): Promise<{ chapter: Chapter; place: Clutter }> {
  const chapter = await tx.chapter.findFirst({ where: { id: chapterId, novel: { projectId } } })
  const place = chapter?.active ? clutterIn(chapter.text).find((each) => each.start === start && each.end === end) : undefined
  if (!chapter || !place) throw new MolianError('clutter.gone')
  return { chapter, place }
}

async function chaptersWith(tx: Pick<Tx, 'chapter'>, novelId: number, kinds: readonly ClutterKind[]): Promise<Chapter[]> {
  return tx.chapter.findMany({
    where: { novelId, active: true, OR: kinds.map((kind) => ({ clutter: { path: [kind], gt: 0 } })) },
    orderBy: { ordinal: 'asc' },
  })
}

async function keptWords(tx: Pick<Tx, 'keptClutter'>, novelId: number): Promise<Set<string>> {
  const rows = await tx.keptClutter.findMany({ where: { novelId } })
  return new Set(rows.map(({ kind, words }) => `${kind}\n${words}`))
}
