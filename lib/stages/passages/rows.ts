import { db } from '@/lib/db'
import type { Register } from '@/lib/generated/prisma/client'
import { filterSql, orderSql, type PassageFilter } from '@/lib/stages/passages/filter'
import { chapterTexts } from '@/lib/stages/passages/scope'
import { type PassagePlace, placeOf } from '@/lib/stages/passages/passages'
import type { CutEnd } from '@/lib/text/cut-chapter'
import { type TextSlice, textSlice } from '@/lib/text/text-slice'

/** A passage as a line of a list: where it is from, how it begins and ends. */
export type PassageRow = {
  id: number
  ordinal: number
  /** Where it begins in its chapter, in code points. */
  start: number
  characters: number
  place: PassagePlace
  endsAt: CutEnd
  register: Register
  novelId: number
  novel: string
  chapterId: number
  chapter: string
  head: string
  tail: string
}

/** Code points of a passage's beginning and end that a line shows. */
const headLength = 80
const tailLength = 40

type Placed = Omit<PassageRow, 'head' | 'tail'>

/** A piece of the list of a set's passages that the filter wants, in its order. */
export async function passageRows(passageSetId: string, filter: PassageFilter, piece: { take: number; skip: number }): Promise<PassageRow[]> {
  const rows = await db().$queryRaw<Placed[]>`
    SELECT p.id, p.ordinal, p.start_at AS start, p.end_at - p.start_at AS characters, ${placeOf} AS place, p.ends_at::text AS "endsAt",
      coalesce(c.register_by_person, c.measured_register)::text AS register, n.id AS "novelId", n.title AS novel, c.id AS "chapterId", c.heading AS chapter
    FROM (SELECT p.* FROM passage p WHERE ${filterSql(passageSetId, filter)} ORDER BY ${orderSql[filter.order]} LIMIT ${piece.take} OFFSET ${piece.skip}) p
    JOIN chapter c ON c.id = p.chapter_id JOIN novel n ON n.id = c.novel_id ORDER BY ${orderSql[filter.order]}`
  const slices = new Map<number, TextSlice>()
  // PostgreSQL would take a chapter's text apart anew for every piece of it, and a book without chapters is one.
  for await (const { id, text } of chapterTexts([...new Set(rows.map((row) => row.chapterId))])) slices.set(id, textSlice(text))
  return rows.map((row) => {
    const end = row.start + row.characters
    const slice = slices.get(row.chapterId)
    return { ...row, head: slice?.(row.start, Math.min(end, row.start + headLength)) ?? '', tail: slice?.(Math.max(row.start, end - tailLength), end) ?? '' }
  })
}

export async function countPassages(passageSetId: string, filter: PassageFilter): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM passage p WHERE ${filterSql(passageSetId, filter)}`
  return row?.count ?? 0
}

export type SetNovel = { id: number; title: string; passages: number }
export type SetChapter = { id: number; ordinal: number; heading: string; passages: number }

/** The novels that a set has passages of. */
export async function novelsOfSet(passageSetId: string): Promise<SetNovel[]> {
  return db().$queryRaw<SetNovel[]>`
    SELECT n.id, n.title, count(*)::int AS passages FROM passage p JOIN chapter c ON c.id = p.chapter_id JOIN novel n ON n.id = c.novel_id
    WHERE p.passage_set_id = ${passageSetId}::uuid GROUP BY n.id ORDER BY min(p.ordinal)`
}

/** The chapters of a novel that a set has passages of. */
export async function chaptersOfSet(passageSetId: string, novelId: number): Promise<SetChapter[]> {
  return db().$queryRaw<SetChapter[]>`
    SELECT c.id, c.ordinal, c.heading, count(*)::int AS passages FROM passage p JOIN chapter c ON c.id = p.chapter_id
    WHERE p.passage_set_id = ${passageSetId}::uuid AND c.novel_id = ${novelId} GROUP BY c.id ORDER BY c.ordinal`
}
