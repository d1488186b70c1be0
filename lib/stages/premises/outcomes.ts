import { z } from 'zod'
import { db } from '@/lib/db'
import type { Outcome, Prisma } from '@/lib/generated/prisma/client'
import { premiseFlaws } from '@/lib/llm/premise-flaws'
import { premiseStyles, type PremiseStyle } from '@/lib/settings/premise-styles'
import { passagesById, type PassageEntry } from '@/lib/stages/passages/passages'

export const outcomeOrders = ['latest', 'novel'] as const

/** Which outcomes of a run are looked at; each of these that is null says nothing. */
export const outcomeFilter = z.object({
  outcome: z.enum(['good', 'refused', 'failed']).nullable().catch(null).default(null),
  flaw: z.enum(premiseFlaws).nullable().catch(null).default(null),
  style: z.enum(premiseStyles).nullable().catch(null).default(null),
  score: z.coerce.number().int().min(1).max(5).nullable().catch(null).default(null),
  order: z.enum(outcomeOrders).nullable().catch(null).default(null),
})
export type OutcomeFilter = z.infer<typeof outcomeFilter>

/** What came of one passage. */
export type OutcomeEntry = {
  premiseId: number
  outcome: Outcome
  style: PremiseStyle
  /** The premise that counts: a person's, or else the model's. */
  premise: string
  written: string
  flaws: string[]
  attempts: number
  score: number | null
  errorCode: string | null
  errorParams: unknown
  at: Date
  passage: PassageEntry
}

/** A page of a run's outcomes, the latest first or in the order of the novels, and how many there are. */
export async function listOutcomes(premiseRunId: string, filter: OutcomeFilter, page: { take: number; skip: number }): Promise<{ total: number; entries: OutcomeEntry[] }> {
  const where: Prisma.PremiseWhereInput = {
    premiseRunId,
    ...(filter.outcome ? { outcome: filter.outcome } : {}),
    ...(filter.flaw ? { flaws: { has: filter.flaw } } : {}),
    ...(filter.style ? { style: filter.style } : {}),
    ...(filter.score ? { score: filter.score } : {}),
  }
  const orderBy: Prisma.PremiseOrderByWithRelationInput = filter.order === 'novel' ? { passage: { ordinal: 'asc' } } : { id: 'desc' }
  const [total, rows] = await Promise.all([db().premise.count({ where }), db().premise.findMany({ where, orderBy, ...page })])
  const passages = new Map((await passagesById(rows.map((row) => row.passageId))).map((passage) => [passage.id, passage]))
  const entries = rows.flatMap((row): OutcomeEntry[] => {
    const passage = passages.get(row.passageId)
    if (!passage) return []
    const { id, outcome, style, text, edited, flaws, attempts, score, errorCode, errorParams, at } = row
    return [{ premiseId: id, outcome, style, premise: edited ?? text, written: text, flaws, attempts, score, errorCode, errorParams, at, passage }]
  })
  return { total, entries }
}

/** How many premises of which style a run has written; one entry where it has but one. */
export async function stylesOfRun(premiseRunId: string): Promise<{ style: PremiseStyle; count: number }[]> {
  const rows = await db().premise.groupBy({ by: ['style'], where: { premiseRunId }, _count: true, orderBy: { style: 'asc' } })
  return rows.map(({ style, _count: count }) => ({ style, count }))
}
