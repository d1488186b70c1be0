import { db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { pairRows } from '@/lib/stages/pairs/rows'
import type { PairSource } from '@/lib/stages/pairs/source'

export type Facet = { key: string; name: string; count: number }

/** What the pairs of a source can be filtered by, and how many pairs have each. */
export type PairFacets = {
  total: number
  verdicts: Facet[]
  outcomes: Facet[]
  registers: Facet[]
  styles: Facet[]
  novels: Facet[]
  flaws: Facet[]
  /** Of the one novel that is chosen; none else. */
  chapters: Facet[]
  edited: number
  duplicates: number
  repeats: number
  /** With a passage that a person left out as a duplicate. */
  leftOut: number
  leaks: number
  endings: number
  hasScores: boolean
}

type Row = { set: number; key: string | null; name: string | null; count: number }
type Marks = { edited: number; duplicates: number; repeats: number; leftOut: number; leaks: number; endings: number; scores: number }

/** Counts over all pairs of the source, whatever the filter. `novel` is the one novel whose chapters are wanted. */
export async function pairFacets(source: PairSource, novel: string | null): Promise<PairFacets> {
  const rows = pairRows(source)
  const [sets, flaws, chapters, marks] = await Promise.all([
    db().$queryRaw<Row[]>`
      SELECT GROUPING(verdict, outcome, register, style, novel_key)::int AS set,
        coalesce(verdict::text, outcome::text, register::text, style::text, novel_key) AS key, min(novel) AS name, count(*)::int AS count
      FROM ${rows} GROUP BY GROUPING SETS ((verdict), (outcome), (register), (style), (novel_key)) ORDER BY min(place)`,
    db().$queryRaw<Row[]>`
      SELECT 0 AS set, flaw AS key, flaw AS name, count(*)::int AS count FROM ${rows}, unnest(flaws) AS flaw GROUP BY flaw ORDER BY count(*) DESC, flaw`,
    novel === null
      ? []
      : db().$queryRaw<Row[]>`
          SELECT 0 AS set, chapter_key AS key, min(chapter) AS name, count(*)::int AS count FROM ${rows} WHERE novel_key = ${novel}
          GROUP BY chapter_key ORDER BY min(place) LIMIT 2000`,
    db().$queryRaw<Marks[]>(Prisma.sql`
      SELECT count(edited)::int AS edited, count(*) FILTER (WHERE premise_group IS NOT NULL OR passage_group IS NOT NULL)::int AS duplicates,
        count(*) FILTER (WHERE premise_group <> id OR passage_group <> id)::int AS repeats,
        count(*) FILTER (WHERE is_left_out)::int AS "leftOut", count(leak_of)::int AS leaks,
        count(*) FILTER (WHERE is_ending)::int AS endings, count(score)::int AS scores FROM ${rows}`),
  ])
  // GROUPING sets the bit of every column that a row is not grouped by; the last column has the lowest.
  const by = (column: number) => facets(sets.filter(({ set }) => set === (0b11111 & ~(1 << (4 - column)))))
  const verdicts = by(0)
  const { scores = 0, ...counts } = marks[0] ?? { edited: 0, duplicates: 0, repeats: 0, leftOut: 0, leaks: 0, endings: 0 }
  return {
    total: verdicts.reduce((sum, { count }) => sum + count, 0),
    verdicts,
    outcomes: by(1),
    registers: by(2),
    styles: by(3),
    novels: by(4),
    flaws: facets(flaws),
    chapters: facets(chapters),
    ...counts,
    hasScores: scores > 0,
  }
}

function facets(rows: readonly Row[]): Facet[] {
  return rows.flatMap(({ key, name, count }) => (key === null ? [] : [{ key, name: name ?? key, count }]))
}
