import { db } from '@/lib/db'
import { type DatasetVersion, Prisma } from '@/lib/generated/prisma/client'

/** A pair in which two versions differ: its premise in each, null where it is not in one. `name` as in an address. */
export type DifferentPair = { name: string | null; novel: string; chapter: string; before: string | null; after: string | null; sideBefore: string | null; sideAfter: string | null }

export const differences = ['removed', 'added', 'reworded', 'moved'] as const
export type Difference = (typeof differences)[number]

/** Pairs only in the first, only in the second, with other premises, and on the other side: how many, and the first of them. */
export type DatasetDifference = { counts: Record<Difference, number>; same: number; pairs: Record<Difference, DifferentPair[]>; settings: { name: string; before: string | null; after: string | null }[] }

/** What two frozen versions differ in; a pair is the same one where it comes from the same premise or imported pair. */
export async function datasetDifference(one: DatasetVersion, other: DatasetVersion, take = 50): Promise<DatasetDifference> {
  const joined = Prisma.sql`(SELECT coalesce(a.key, b.key) AS key, coalesce(a.novel, b.novel) AS novel, coalesce(a.chapter, b.chapter) AS chapter, a.premise AS before, b.premise AS after,
      a.split::text AS "sideBefore", b.split::text AS "sideAfter", coalesce(a.ordinal, b.ordinal) AS ordinal,
      CASE WHEN b.key IS NULL THEN 'removed' WHEN a.key IS NULL THEN 'added' WHEN a.premise <> b.premise THEN 'reworded' WHEN a.split <> b.split THEN 'moved' ELSE 'same' END AS kind
    FROM ${keyed(one.id)} a FULL JOIN ${keyed(other.id)} b ON a.key = b.key) AS joined`
  const [counted, ...lists] = await Promise.all([
    db().$queryRaw<{ kind: Difference | 'same'; count: number }[]>`SELECT kind, count(*)::int AS count FROM ${joined} GROUP BY kind`,
    ...differences.map((kind) => db().$queryRaw<(DifferentPair & { key: string })[]>`
      SELECT key, novel, chapter, before, after, "sideBefore", "sideAfter" FROM ${joined} WHERE kind = ${kind} ORDER BY ordinal LIMIT ${take}`),
  ])
  const count = (kind: Difference | 'same') => counted.find((row) => row.kind === kind)?.count ?? 0
  const list = (at: number) => (lists[at] ?? []).map(({ key, ...pair }) => ({ ...pair, name: /^[pi]\d+$/.test(key) ? key : null }))
  return {
    counts: { removed: count('removed'), added: count('added'), reworded: count('reworded'), moved: count('moved') },
    same: count('same'),
    pairs: { removed: list(0), added: list(1), reworded: list(2), moved: list(3) },
    settings: settingsDifference(one.settings, other.settings),
  }
}

function keyed(versionId: string): Prisma.Sql {
  return Prisma.sql`(SELECT coalesce('p' || premise_id, 'i' || imported_pair_id, md5(premise || E'\n' || passage)) AS key, ordinal, novel, chapter, premise, split
    FROM dataset_pair WHERE dataset_version_id = ${versionId}::uuid)`
}

function settingsDifference(one: unknown, other: unknown): { name: string; before: string | null; after: string | null }[] {
  const [before, after] = [new Map<string, unknown>(Object.entries(Object(one))), new Map<string, unknown>(Object.entries(Object(other)))]
  const said = (value: unknown) => (value === undefined ? null : String(value))
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => ({ name, before: said(before.get(name)), after: said(after.get(name)) }))
    .filter((setting) => setting.before !== setting.after)
}
