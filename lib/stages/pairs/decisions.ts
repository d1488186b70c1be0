import { z } from 'zod'
import { db, type Tx } from '@/lib/db'
import { announce } from '@/lib/events'
import { MolianError } from '@/lib/errors'
import { type PairDecision, Prisma, type Verdict } from '@/lib/generated/prisma/client'
import { filterQuery, type PairFilter, whereOf } from '@/lib/stages/pairs/filter'
import { pairRows, pairTable } from '@/lib/stages/pairs/rows'
import { checkSource, type PairRef, type PairSource, sourceColumns, sourceOfPair } from '@/lib/stages/pairs/source'
import { testPremises } from '@/lib/stages/stories/test-files'
import { leakFinder } from '@/lib/text/leaks'

/** What a decision did: a verdict, another premise, or back to what was written. */
export const decisionAct = z.enum(['undecided', 'kept', 'rejected', 'edited', 'taken-back'])
export type DecisionAct = z.infer<typeof decisionAct>

/** A person's word on one pair. `edited: null` goes back to what was written; an edited pair is kept. */
export type PairWord = { verdict?: Verdict; edited?: string | null }

type State = { verdict: Verdict; edited: string | null }

/** Puts a person's word on a pair and into the log. A word that changes nothing is no decision. Throws `run.missing`. */
export async function decidePair(projectId: string, ref: PairRef, word: PairWord): Promise<State> {
  const source = await sourceOfPair(projectId, ref)
  const edited = word.edited?.trim()
  return db().$transaction(async (tx) => {
    const [before] = await tx.$queryRaw<State[]>`SELECT verdict, edited FROM ${pairTable(ref)} WHERE id = ${ref.id} FOR UPDATE`
    if (!before) throw new MolianError('run.missing', { what: 'pair' })
    const after: State = {
      verdict: word.verdict ?? (edited ? 'kept' : before.verdict),
      edited: word.edited === undefined ? before.edited : edited || null,
    }
    if (after.verdict === before.verdict && after.edited === before.edited) return after
    const act: DecisionAct = after.edited === before.edited ? after.verdict : after.edited === null ? 'taken-back' : 'edited'
    const decision = await tx.pairDecision.create({ data: { projectId, ...sourceColumns(source), act, pairs: 1 } })
    await tx.pairChange.create({
      data: { decisionId: decision.id, pairId: ref.id, verdictBefore: before.verdict, verdictAfter: after.verdict, editedBefore: before.edited, editedAfter: after.edited },
    })
    await tx.$executeRaw`UPDATE ${pairTable(ref)} SET verdict = ${after.verdict}::"Verdict", edited = ${after.edited} WHERE id = ${ref.id}`
    if (after.edited !== before.edited) await markLeak(tx, projectId, source, [ref.id])
    await announce(tx, { project: projectId, topic: 'pairs', id: source.id })
    return after
  })
}

/** Puts one verdict on every pair that the filter finds, as one decision; returns how many it changed. */
export async function decidePairs(projectId: string, source: PairSource, filter: PairFilter, verdict: Verdict): Promise<number> {
  await checkSource(projectId, source)
  return db().$transaction(async (tx) => {
    const table = pairTable(source)
    const stated = { query: filterQuery(filter).toString() }
    const decision = await tx.pairDecision.create({ data: { projectId, ...sourceColumns(source), act: verdict, filter: stated, pairs: 0 } })
    const pairs = await tx.$executeRaw`
      WITH chosen AS (SELECT pair.id FROM ${pairRows(source)} WHERE ${whereOf(source, filter)}),
        changing AS (SELECT t.id, t.verdict, t.edited FROM ${table} t JOIN chosen USING (id) WHERE t.verdict <> ${verdict}::"Verdict" ORDER BY t.id FOR UPDATE OF t),
        logged AS (INSERT INTO pair_change (decision_id, pair_id, verdict_before, verdict_after, edited_before, edited_after)
          SELECT ${decision.id}::int, id, verdict, ${verdict}::"Verdict", edited, edited FROM changing)
      UPDATE ${table} t SET verdict = ${verdict}::"Verdict" FROM changing WHERE t.id = changing.id`
    if (pairs === 0) await tx.pairDecision.delete({ where: { id: decision.id } })
    else await tx.pairDecision.update({ where: { id: decision.id }, data: { pairs } })
    await announce(tx, { project: projectId, topic: 'pairs', id: source.id })
    return pairs
  })
}

/** The newest decision that still holds: what undoing takes back. */
export async function lastDecision(source: PairSource): Promise<(PairDecision & { pairId: number | null }) | null> {
  const decision = await db().pairDecision.findFirst({
    where: { ...sourceColumns(source), undoneAt: null },
    orderBy: { id: 'desc' },
    include: { changes: { take: 1, select: { pairId: true } } },
  })
  if (!decision) return null
  const { changes, ...rest } = decision
  return { ...rest, pairId: decision.filter === null ? (changes[0]?.pairId ?? null) : null }
}

/**
 * Takes the newest decision of the source back, whole, or none where that is another than `only`; `pairs` were put back as they had been. What stands otherwise
 * by now than the decision left it stays. Null when there is nothing to take back.
 */
export async function undoDecision(projectId: string, source: PairSource, only?: number): Promise<{ decision: PairDecision; pairs: number; pairId: number | null } | null> {
  await checkSource(projectId, source)
  return db().$transaction(async (tx) => {
    // One undo at a time: the second click of two takes the decision before.
    await tx.$queryRaw`SELECT 1 FROM project WHERE id = ${projectId}::uuid FOR UPDATE`
    const decision = await tx.pairDecision.findFirst({ where: { ...sourceColumns(source), undoneAt: null }, orderBy: { id: 'desc' } })
    if (!decision || (only !== undefined && decision.id !== only)) return null
    const back = await tx.$queryRaw<{ id: number; isText: boolean }[]>`
      UPDATE ${pairTable(source)} t SET verdict = c.verdict_before, edited = c.edited_before FROM pair_change c
      WHERE c.decision_id = ${decision.id} AND t.id = c.pair_id AND t.verdict = c.verdict_after AND t.edited IS NOT DISTINCT FROM c.edited_after
      RETURNING t.id, c.edited_before IS DISTINCT FROM c.edited_after AS "isText"`
    await tx.pairDecision.update({ where: { id: decision.id }, data: { undoneAt: new Date() } })
    const texts = back.filter(({ isText }) => isText).map(({ id }) => id)
    if (texts.length > 0) await markLeak(tx, projectId, source, texts)
    await announce(tx, { project: projectId, topic: 'pairs', id: source.id })
    return { decision, pairs: back.length, pairId: decision.filter === null ? (back[0]?.id ?? null) : null }
  })
}

/** Looks again whether pairs give a test premise away, their words having changed. */
async function markLeak(tx: Tx, projectId: string, source: PairSource, ids: readonly number[]): Promise<void> {
  const find = leakFinder((await testPremises(projectId)).map((premise) => ({ premise })))
  const rows = await tx.$queryRaw<{ id: number; premise: string }[]>`SELECT pair.id, pair.premise FROM ${pairRows(source)} WHERE pair.id = ANY(${[...ids]})`
  for (const { id, premise } of rows) {
    await tx.$executeRaw(Prisma.sql`UPDATE ${pairTable(source)} SET leak_of = ${find(premise)?.test.premise ?? null} WHERE id = ${id}`)
  }
}
