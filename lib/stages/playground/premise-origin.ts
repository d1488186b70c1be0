import { z } from 'zod'
import { db } from '@/lib/db'
import { premiseOf } from '@/lib/text/test-row'

/** Where a person took a premise from; words that were changed since are typed ones. */
export const premiseFrom = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('typed') }),
  z.strictObject({ kind: z.literal('row'), testRowId: z.int() }),
  z.strictObject({ kind: z.literal('pair'), datasetVersionId: z.uuid(), ordinal: z.int().min(0) }),
])

export type PremiseFrom = z.infer<typeof premiseFrom>

/** What a premise is known by, as a play's row keeps it. */
export type Origin = {
  instruction: string
  testRowId: number | null
  datasetVersionId: string | null
  pairOrdinal: number | null
  reference: string | null
  referenceTitle: string
}

const unknown: Origin = { instruction: '', testRowId: null, datasetVersionId: null, pairOrdinal: null, reference: null, referenceTitle: '' }

const answered = z.looseObject({ output: z.string().refine((text) => text.trim() !== '') })

/**
 * Where this premise is from, with the passage that it was written for where there is one: the test row or pair that is named, if it
 * says just this, else the pair of the project's newest version that does.
 */
export async function originOf(projectId: string, premise: string, from: PremiseFrom): Promise<Origin> {
  const row = from.kind === 'row' ? await db().testRow.findFirst({ where: { id: from.testRowId, testFile: { projectId } } }) : null
  if (row && premiseOf(row) === premise) {
    const given = answered.safeParse(row.record)
    const pair = given.success ? null : await pairOf(projectId, premise, null)
    return { ...unknown, ...pair, instruction: row.instruction, testRowId: row.id, ...(given.success ? { reference: given.data.output } : {}) }
  }
  return { ...unknown, ...(await pairOf(projectId, premise, from.kind === 'pair' ? from : null)) }
}

type PairOrigin = Pick<Origin, 'datasetVersionId' | 'pairOrdinal' | 'reference' | 'referenceTitle'>

async function pairOf(projectId: string, premise: string, named: { datasetVersionId: string; ordinal: number } | null): Promise<PairOrigin | null> {
  const among = { premise, datasetVersion: { projectId, sha256: { not: null } } }
  const pair =
    (named && (await db().datasetPair.findFirst({ where: { ...among, datasetVersionId: named.datasetVersionId, ordinal: named.ordinal } }))) ??
    (await db().datasetPair.findFirst({ where: among, orderBy: [{ datasetVersion: { ordinal: 'desc' } }, { ordinal: 'asc' }] }))
  return pair && { datasetVersionId: pair.datasetVersionId, pairOrdinal: pair.ordinal, reference: pair.passage, referenceTitle: [pair.novel, pair.chapter].filter(Boolean).join(' · ') }
}
