import { db } from '@/lib/db'
import type { Outcome, Prisma, Verdict } from '@/lib/generated/prisma/client'
import { passagesById, type PassageEntry } from '@/lib/stages/passages/passages'

type PairFilter = 'all' | 'good' | 'refused' | 'kept' | 'rejected' | 'edited' | 'undecided'

/** A premise beside its passage: what becomes a training pair. `premise` is the text that counts, edited or written. */
export type PairEntry = {
  premiseId: number
  premise: string
  written: string
  outcome: Outcome
  flaws: string[]
  attempts: number
  verdict: Verdict
  passage: PassageEntry
}

/** A page of pairs in the order of the passages. */
export async function listPairs(premiseRunId: string, filter: PairFilter, page: { take: number; skip: number }): Promise<{ total: number; pairs: PairEntry[] }> {
  const where: Prisma.PremiseWhereInput = { premiseRunId, ...filters[filter] }
  const [total, premises] = await Promise.all([
    db().premise.count({ where }),
    db().premise.findMany({ where, orderBy: { passage: { ordinal: 'asc' } }, ...page }),
  ])
  const passages = new Map((await passagesById(premises.map((row) => row.passageId))).map((passage) => [passage.id, passage]))
  const pairs = premises.flatMap((row): PairEntry[] => {
    const passage = passages.get(row.passageId)
    if (!passage) return []
    const { id, text, edited, outcome, flaws, attempts, verdict } = row
    return [{ premiseId: id, premise: edited ?? text, written: text, outcome, flaws, attempts, verdict, passage }]
  })
  return { total, pairs }
}

const filters: Record<PairFilter, Prisma.PremiseWhereInput> = {
  all: {},
  good: { outcome: 'good' },
  refused: { outcome: 'refused' },
  kept: { verdict: 'kept' },
  rejected: { verdict: 'rejected' },
  edited: { edited: { not: null } },
  undecided: { verdict: 'undecided' },
}
