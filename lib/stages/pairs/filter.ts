import { z } from 'zod'
import { PremiseStyle, Prisma } from '@/lib/generated/prisma/client'
import { registerSchema } from '@/lib/stages/novels/novels'
import type { PairSource } from '@/lib/stages/pairs/source'
import { hasText } from '@/lib/stages/pairs/with-text'
import { longestPhrase } from '@/lib/text/search-grams'

export const verdictSchema = z.enum(['undecided', 'kept', 'rejected'])

/** How the pairs are ordered; each ends in their place in the novels. */
export const pairOrder = z.enum(['place', 'premise-short', 'premise-long', 'passage-short', 'passage-long', 'score-low', 'score-high'])
export type PairOrder = z.infer<typeof pairOrder>

const names = z.array(z.string().max(500)).max(200).catch([])
const limit = z.coerce.number().int().min(0).max(1_000_000_000).nullable().catch(null)
const oneOf = <T extends z.ZodType>(schema: T) => z.array(schema).max(20).catch([])
const yesNo = z.enum(['yes', 'no']).nullable().catch(null)

/**
 * Which pairs: every condition that is set must hold; within a list any of its values. `flaws` knows `none` besides the
 * checks' own words. `duplicate`: `any` is in a group of near-equal premises or passages, `rest` in one whose
 * number is another pair's, `no` in none, `out` has a passage that a person left out as a duplicate. `group` is a group's number.
 */
export const pairFilter = z.object({
  verdict: oneOf(verdictSchema),
  outcome: oneOf(z.enum(['good', 'refused'])),
  flaw: names,
  novel: names,
  chapter: names,
  register: oneOf(registerSchema),
  style: oneOf(z.enum(PremiseStyle)),
  premiseMin: limit,
  premiseMax: limit,
  passageMin: limit,
  passageMax: limit,
  scoreMin: limit,
  scoreMax: limit,
  duplicate: z.enum(['any', 'rest', 'no', 'out']).nullable().catch(null),
  group: z.coerce.number().int().min(1).max(2 ** 31 - 1).nullable().catch(null),
  leak: yesNo,
  edited: yesNo,
  ending: yesNo,
  text: z.string().max(longestPhrase).nullable().catch(null),
  order: pairOrder.catch('place'),
})
export type PairFilter = z.infer<typeof pairFilter>

const lists = new Set(['verdict', 'outcome', 'flaw', 'novel', 'chapter', 'register', 'style'])

/** The filter that an address asks for; what it says wrongly counts as not said. */
export function filterOf(query: URLSearchParams): PairFilter {
  const given = Object.keys(pairFilter.shape).map((name) => {
    const values = query.getAll(name).filter((value) => value !== '' && !value.includes('\0'))
    return [name, lists.has(name) ? values : (values[0] ?? null)] as const
  })
  return pairFilter.parse(Object.fromEntries(given))
}

/** The filter as an address says it, in an order of its own. */
export function filterQuery(filter: PairFilter): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) {
    if (value === null || (name === 'order' && value === 'place')) continue
    if (Array.isArray(value)) for (const each of value) query.append(name, each)
    else query.set(name, String(value))
  }
  return query
}

/** The filter as a condition on `pair` (lib/stages/pairs/rows.ts). */
export function whereOf(source: PairSource, filter: PairFilter): Prisma.Sql {
  const conditions: Prisma.Sql[] = []
  const inList = (column: string, type: string, values: readonly string[]) =>
    values.length > 0 && conditions.push(Prisma.sql`pair.${Prisma.raw(column)} = ANY(${[...values]}::${Prisma.raw(type)}[])`)
  const between = (measure: Prisma.Sql, least: number | null, most: number | null) => {
    if (least !== null) conditions.push(Prisma.sql`${measure} >= ${least}`)
    if (most !== null) conditions.push(Prisma.sql`${measure} <= ${most}`)
  }
  inList('verdict', '"Verdict"', filter.verdict)
  inList('outcome', '"Outcome"', filter.outcome)
  inList('novel_key', 'text', filter.novel)
  inList('chapter_key', 'text', filter.chapter)
  inList('register', '"Register"', filter.register)
  inList('style', '"PremiseStyle"', filter.style)
  if (filter.flaw.length > 0) conditions.push(flawed(filter.flaw))
  between(Prisma.sql`char_length(pair.premise)`, filter.premiseMin, filter.premiseMax)
  between(Prisma.sql`pair.characters`, filter.passageMin, filter.passageMax)
  between(Prisma.sql`pair.score`, filter.scoreMin, filter.scoreMax)
  if (filter.duplicate) conditions.push(duplicates[filter.duplicate])
  if (filter.group !== null) conditions.push(Prisma.sql`(pair.premise_group = ${filter.group} OR pair.passage_group = ${filter.group})`)
  const isOrNot = (answer: 'yes' | 'no' | null, is: Prisma.Sql) => answer && conditions.push(answer === 'yes' ? is : Prisma.sql`NOT (${is})`)
  isOrNot(filter.leak, Prisma.sql`pair.leak_of IS NOT NULL`)
  isOrNot(filter.edited, Prisma.sql`pair.edited IS NOT NULL`)
  isOrNot(filter.ending, Prisma.sql`pair.is_ending`)
  if (filter.text) conditions.push(hasText(source, filter.text))
  return conditions.length === 0 ? Prisma.sql`TRUE` : Prisma.join(conditions, ' AND ')
}

const duplicates: Record<NonNullable<PairFilter['duplicate']>, Prisma.Sql> = {
  any: Prisma.sql`(pair.premise_group IS NOT NULL OR pair.passage_group IS NOT NULL)`,
  rest: Prisma.sql`(pair.premise_group <> pair.id OR pair.passage_group <> pair.id)`,
  no: Prisma.sql`(pair.premise_group IS NULL AND pair.passage_group IS NULL)`,
  out: Prisma.sql`pair.is_left_out`,
}

function flawed(flaws: readonly string[]): Prisma.Sql {
  const named = flaws.filter((flaw) => flaw !== 'none')
  const any = Prisma.sql`pair.flaws && ${named}::text[]`
  if (named.length === 0) return Prisma.sql`pair.flaws = ARRAY[]::text[]`
  return flaws.length === named.length ? any : Prisma.sql`(pair.flaws = ARRAY[]::text[] OR ${any})`
}

/** What the pairs are ordered by before their place: an integer, ascending. */
export function orderOf(order: PairOrder): Prisma.Sql {
  switch (order) {
    case 'place':
      return Prisma.sql`0`
    case 'premise-short':
      return Prisma.sql`char_length(pair.premise)`
    case 'premise-long':
      return Prisma.sql`-char_length(pair.premise)`
    case 'passage-short':
      return Prisma.sql`pair.characters`
    case 'passage-long':
      return Prisma.sql`-pair.characters`
    case 'score-low':
      return Prisma.sql`coalesce(pair.score, 1000000)`
    case 'score-high':
      return Prisma.sql`-coalesce(pair.score, -1000000)`
  }
}
