import { db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { rowPremise } from '@/lib/stages/stories/row-premise'

type Round = { id: string; seed: number }

/**
 * The pairs of stories of a round whose texts differ, as `row`, `first` and `second` (places of the runs), `one` and `other` (the runs) and
 * `lap`: every row has one pair in a lap. In the order of `drawnOrder` they are the same for whoever judges, so that all judge the same ones.
 */
export function drawnPairs({ id, seed }: Round): Prisma.Sql {
  return Prisma.sql`
    SELECT s.test_row_id AS row, first, second, one, other, row_number() OVER (PARTITION BY s.test_row_id ORDER BY md5(${String(seed)}::text || ':' || s.test_row_id || ':' || first || ':' || second)) AS lap
    FROM (SELECT a.place AS first, b.place AS second, a.story_run_id AS one, b.story_run_id AS other
      FROM vote_round_run a JOIN vote_round_run b ON b.vote_round_id = a.vote_round_id AND b.place > a.place WHERE a.vote_round_id = ${id}::uuid) AS pair
    JOIN story s ON s.story_run_id = one JOIN story t ON t.story_run_id = other AND t.test_row_id = s.test_row_id WHERE s.text <> t.text`
}

/** The order in which the pairs come: every row once before any comes with another pair of runs. */
export function drawnOrder({ seed }: Round): Prisma.Sql {
  return Prisma.sql`lap, md5(${String(seed)}::text || ':' || row)`
}

/** A pair with its texts. */
export type DrawnPair = { row: number; one: string; other: string; premise: string; oneText: string; otherText: string }

/** A round's first pairs. */
export function firstPairs(round: Round, take: number): Promise<DrawnPair[]> {
  return db().$queryRaw<DrawnPair[]>`
    WITH drawn AS (${drawnPairs(round)}), taken AS (SELECT * FROM drawn ORDER BY ${drawnOrder(round)} LIMIT ${take})
    SELECT taken.row, taken.one, taken.other, ${rowPremise} AS premise, s.text AS "oneText", t.text AS "otherText" FROM taken
      JOIN test_row r ON r.id = taken.row JOIN story s ON s.story_run_id = one AND s.test_row_id = r.id JOIN story t ON t.story_run_id = other AND t.test_row_id = r.id
    ORDER BY ${drawnOrder(round)}`
}

/** How many pairs a round has in all. */
export async function pairsOfRound(round: Round): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (${drawnPairs(round)}) AS drawn`
  return row?.count ?? 0
}
