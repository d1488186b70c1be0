import { db } from '@/lib/db'
import { Prisma } from '@/lib/generated/prisma/client'
import { orderOf, type PairFilter, whereOf } from '@/lib/stages/pairs/filter'
import { pairRows } from '@/lib/stages/pairs/rows'
import { pairName, type PairRef, type PairSource } from '@/lib/stages/pairs/source'

/** Characters of the novel that are shown before and after a passage. */
const around = 400

/** One pair with its passage in its place: `before` and `after` are the chapter's text around it, empty for an imported pair. */
export type PairDetail = {
  id: number
  ordinal: number
  premise: string
  written: string
  edited: string | null
  outcome: string
  flaws: string[]
  verdict: 'undecided' | 'kept' | 'rejected'
  style: string | null
  score: number | null
  premiseGroup: number | null
  passageGroup: number | null
  isLeftOut: boolean
  leakOf: string | null
  characters: number
  line: number | null
  chapterId: number | null
  chapter: string
  novelId: number | null
  novel: string
  register: string
  before: string
  passage: string
  after: string
}

/** The pair of that id in its source; null when there is none. */
export async function pairDetail(source: PairSource, id: number): Promise<PairDetail | null> {
  const texts =
    source.kind === 'run'
      ? Prisma.sql`(SELECT right(substring(c.text FROM greatest(1, s.start_at + 1 - ${around}::int) FOR least(s.start_at, ${around}::int)), ${around}::int) AS before,
          substring(c.text FROM s.start_at + 1 FOR s.end_at - s.start_at) AS passage, substring(c.text FROM s.end_at + 1 FOR ${around}::int) AS after
          FROM passage s JOIN chapter c ON c.id = s.chapter_id WHERE s.id = pair.passage_id) AS texts`
      : Prisma.sql`(SELECT '' AS before, i.passage, '' AS after FROM imported_pair i WHERE i.id = pair.id) AS texts`
  const rows = await db().$queryRaw<PairDetail[]>`
    SELECT pair.id, pair.ordinal, pair.premise, pair.written, pair.edited, pair.outcome, pair.flaws, pair.verdict, pair.style, pair.score,
      pair.premise_group AS "premiseGroup", pair.passage_group AS "passageGroup", pair.is_left_out AS "isLeftOut", pair.leak_of AS "leakOf", pair.characters, pair.line,
      pair.chapter_id AS "chapterId", pair.chapter, pair.novel_id AS "novelId", pair.novel, pair.register, texts.before, texts.passage, texts.after
    FROM ${pairRows(source)} CROSS JOIN LATERAL ${texts} WHERE pair.id = ${id}`
  return rows[0] ?? null
}

/** Where a pair stands among the filtered ones: its number from 1 (of the next one where it is not among them) and its neighbours' names. */
export type PairPlace = { at: number; total: number; isAmong: boolean; previous: string | null; next: string | null }

export async function pairPlace(source: PairSource, filter: PairFilter, id: number): Promise<PairPlace> {
  const order = orderOf(filter.order)
  const rows = await db().$queryRaw<{ before: number; total: number; isAmong: boolean; previous: number | null; next: number | null }[]>`
    WITH here AS (SELECT ${order}::int AS sort, pair.place, pair.id FROM ${pairRows(source)} WHERE pair.id = ${id}),
      keys AS (SELECT ${order}::int AS sort, pair.place, pair.id FROM ${pairRows(source)} WHERE ${whereOf(source, filter)})
    SELECT count(*)::int AS total, count(*) FILTER (WHERE (k.sort, k.place) < (h.sort, h.place))::int AS before, coalesce(bool_or(k.id = h.id), false) AS "isAmong",
      (array_agg(k.id ORDER BY k.sort DESC, k.place DESC) FILTER (WHERE (k.sort, k.place) < (h.sort, h.place)))[1] AS previous,
      (array_agg(k.id ORDER BY k.sort, k.place) FILTER (WHERE (k.sort, k.place) > (h.sort, h.place)))[1] AS next
    FROM keys k, here h`
  const row = rows[0]
  const named = (other: number | null) => (other === null ? null : pairName({ kind: source.kind, id: other }))
  return { at: (row?.before ?? 0) + 1, total: row?.total ?? 0, isAmong: row?.isAmong ?? false, previous: named(row?.previous ?? null), next: named(row?.next ?? null) }
}

/** The other pairs of the groups that a pair is in, at most so many of each. */
export async function groupOfPair(source: PairSource, pair: Pick<PairDetail, 'id' | 'premiseGroup' | 'passageGroup'>, take = 12) {
  if (pair.premiseGroup === null && pair.passageGroup === null) return []
  const rows = await db().$queryRaw<{ id: number; premise: string; novel: string; chapter: string; verdict: string; alike: string }[]>`
    SELECT pair.id, pair.premise, pair.novel, pair.chapter, pair.verdict,
      CASE WHEN pair.passage_group = ${pair.passageGroup}::int THEN 'passage' ELSE 'premise' END AS alike FROM ${pairRows(source)}
    WHERE (pair.premise_group = ${pair.premiseGroup}::int OR pair.passage_group = ${pair.passageGroup}::int) AND pair.id <> ${pair.id}
    ORDER BY pair.place LIMIT ${take}`
  return rows.map(({ id, ...row }) => ({ name: pairName({ kind: source.kind, id }), ...row }))
}

/** The call that gave a run's premise: whose words, when, how long, how many tokens; null where the answer is not kept. */
export async function callOfPair(ref: PairRef) {
  if (ref.kind === 'import') return null
  const premise = await db().premise.findUnique({
    where: { id: ref.id },
    select: { passageId: true, attempts: true, premiseRun: { select: { id: true, ordinal: true, settings: true, promptVersion: { select: { version: true } }, model: { select: { name: true } }, endpoint: { select: { name: true } } } } },
  })
  if (!premise) return null
  const { premiseRun, passageId, attempts } = premise
  const answers = await db().premiseAnswer.findMany({ where: { premiseRunId: premiseRun.id, passageId }, orderBy: { attempt: 'asc' } })
  return { run: premiseRun, attempts, answers }
}
