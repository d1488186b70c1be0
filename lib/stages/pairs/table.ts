import { z } from 'zod'
import { db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { type PairFilter, orderOf, whereOf } from '@/lib/stages/pairs/filter'
import { pairRows } from '@/lib/stages/pairs/rows'
import { pairName, type PairSource } from '@/lib/stages/pairs/source'

/** Rows of one page of the table; every page but the first begins after one of `marks`. */
export const pageSize = 100

const int = z.coerce.number().int().min(-(2 ** 31)).max(2 ** 31 - 1)

/** Where a pair stands in the order of a filter: what the pairs are ordered by, and its place; `12.340` in an address. */
export const pairKey = z.preprocess((key) => (typeof key === 'string' && /^-?\d+\.\d+$/.test(key) ? key.split('.') : key), z.tuple([int, int]))
export type PairKey = z.infer<typeof pairKey>

/** A pair as the table shows it. Lengths in characters; `beginning` is the first of the passage. */
export type PairRow = {
  name: string
  key: string
  ordinal: number
  premise: string
  isEdited: boolean
  outcome: string
  flaws: string[]
  verdict: 'undecided' | 'kept' | 'rejected'
  style: string | null
  score: number | null
  characters: number
  novel: string
  chapter: string
  register: string
  isDuplicate: boolean
  isLeftOut: boolean
  leakOf: string | null
  beginning: string
}

type Found = Omit<PairRow, 'name' | 'key' | 'beginning'> & { id: number; sort: number; place: number }

/** One page of the filtered pairs after a key, by keyset: as quick at the end of a long list as at its beginning. */
export async function pairPage(source: PairSource, filter: PairFilter, after: PairKey | null, take = pageSize): Promise<PairRow[]> {
  const order = orderOf(filter.order)
  const beyond = after ? Prisma.sql`AND ${beyondKey(filter, after)}` : Prisma.empty
  // First which pairs, from few columns of few tables, then what is shown of these.
  const found = await db().$queryRaw<Found[]>`
    SELECT pair.id, page.sort, pair.place, pair.ordinal, pair.premise, pair.edited IS NOT NULL AS "isEdited", pair.outcome, pair.flaws, pair.verdict,
      pair.style, pair.score, pair.characters, pair.novel, pair.chapter, pair.register,
      pair.premise_group IS NOT NULL OR pair.passage_group IS NOT NULL AS "isDuplicate", pair.is_left_out AS "isLeftOut", pair.leak_of AS "leakOf"
    FROM (SELECT pair.id, ${order}::int AS sort FROM ${pairRows(source)} WHERE ${whereOf(source, filter)} ${beyond} ORDER BY ${sortedBy(filter)} LIMIT ${take}) AS page
    JOIN ${pairRows(source)} ON pair.id = page.id ORDER BY page.sort, pair.place`
  const beginnings = await beginningsOf(source, found)
  return found.map(({ id, sort, place, ...row }) => ({
    ...row,
    name: pairName({ kind: source.kind, id }),
    key: `${sort}.${place}`,
    beginning: beginnings.get(id) ?? '',
  }))
}

/** How many pairs the filter finds, and the key after which each page but the first begins. */
export async function pairMarks(source: PairSource, filter: PairFilter): Promise<{ total: number; marks: string[] }> {
  const rows = await db().$queryRaw<{ at: number; key: string }[]>`
    SELECT at::int, sort || '.' || place AS key FROM (
      SELECT ${orderOf(filter.order)}::int AS sort, pair.place, row_number() OVER sorted AS at, lead(pair.id) OVER sorted IS NULL AS is_last
      FROM ${pairRows(source)} WHERE ${whereOf(source, filter)} WINDOW sorted AS (ORDER BY ${sortedBy(filter)})) placed
    WHERE at % ${pageSize}::int = 0 OR is_last ORDER BY at`
  const total = rows.at(-1)?.at ?? 0
  return { total, marks: rows.filter(({ at }) => at % pageSize === 0 && at < total).map(({ key }) => key) }
}

/** How many pairs the filter finds. */
export async function countPairs(source: PairSource, filter: PairFilter): Promise<number> {
  const rows = await db().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM ${pairRows(source)} WHERE ${whereOf(source, filter)}`
  return rows[0]?.count ?? 0
}

function beyondKey(filter: PairFilter, [sort, place]: PairKey): Prisma.Sql {
  return filter.order === 'place'
    ? Prisma.sql`pair.place > ${place}`
    : Prisma.sql`(${orderOf(filter.order)}, pair.place) > (${sort}::int, ${place}::int)`
}

function sortedBy(filter: PairFilter): Prisma.Sql {
  // A constant in front would keep PostgreSQL from walking the passages in their order.
  return filter.order === 'place' ? Prisma.sql`pair.place` : Prisma.sql`${orderOf(filter.order)}, pair.place`
}

const shown = 60

async function beginningsOf(source: PairSource, found: readonly Found[]): Promise<Map<number, string>> {
  const ids = found.map(({ id }) => id)
  const rows =
    source.kind === 'run'
      ? await db().$queryRaw<{ id: number; text: string }[]>`
          SELECT p.id, substring(c.text FROM s.start_at + 1 FOR least(${shown}::int, s.end_at - s.start_at)) AS text
          FROM premise p JOIN passage s ON s.id = p.passage_id JOIN chapter c ON c.id = s.chapter_id WHERE p.id = ANY(${ids})`
      : await db().$queryRaw<{ id: number; text: string }[]>`SELECT id, left(passage, ${shown}::int) AS text FROM imported_pair WHERE id = ANY(${ids})`
  return new Map(rows.map(({ id, text }) => [id, text.replace(/\s+/g, ' ').trim()]))
}
