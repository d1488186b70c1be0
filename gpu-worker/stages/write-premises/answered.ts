import { db } from '@/lib/db'
import type { MolianError } from '@/lib/errors'
import { announce } from '@/lib/events'
import { Prisma } from '@/lib/generated/prisma/client'
import type { Attempt } from '@/lib/queue/attempt'
import type { PassageSelection } from '@/lib/settings/selection'
import type { PremiseStyle } from '@/lib/settings/premise-styles'
import { selectedPassages } from '@/lib/stages/premises/selected-passages'

/** One answer, checked; `outcome` is set when it decides the passage. */
export type Answered = {
  kind: 'answer'
  passageId: number
  attempt: number
  style: PremiseStyle
  text: string
  flaws: string[]
  question: string
  isReused: boolean
  finishReason: string
  servedModel: string
  promptTokens: number | null
  completionTokens: number | null
  cost: number | null
  latencyMs: number
  outcome: 'good' | 'refused' | null
}

/** A passage that got no usable answer, with the reason; `attempts` are the answers that it had before. */
export type Failed = { kind: 'failure'; passageId: number; style: PremiseStyle; attempts: number; error: MolianError }

/** Passages that the run is to write for and has no outcome of, in their order, with the tries they have had. */
export async function passagesWithoutPremise(passageSetId: string, selection: PassageSelection | undefined, premiseRunId: string): Promise<{ id: number; attempts: number }[]> {
  return db().$queryRaw<{ id: number; attempts: number }[]>`
    SELECT s.id, coalesce(max(a.attempt), 0)::int AS attempts FROM passage s
    LEFT JOIN premise p ON p.passage_id = s.id AND p.premise_run_id = ${premiseRunId}::uuid
    LEFT JOIN premise_answer a ON a.passage_id = s.id AND a.premise_run_id = ${premiseRunId}::uuid
    WHERE s.id IN (${selectedPassages(passageSetId, selection)}) AND p.id IS NULL GROUP BY s.id, s.ordinal ORDER BY s.ordinal`
}

/** Writes what has come together: every answer once, and the outcomes it decides. */
export async function keepAnswers(attempt: Attempt, premiseRunId: string, batch: readonly (Answered | Failed)[]): Promise<void> {
  const { epoch, projectId } = attempt
  const answers = batch.filter((each) => each.kind === 'answer')
  // Written again when the database went away in the middle of it: what is there already stays.
  await attempt.write(async (tx) => {
    await tx.premiseAnswer.createMany({
      data: answers.map(({ kind: _kind, outcome: _outcome, style: _style, ...answer }) => ({ ...answer, premiseRunId, epoch })),
      skipDuplicates: true,
    })
    await tx.premise.createMany({ data: batch.flatMap((each) => premiseOf(each, premiseRunId, epoch) ?? []), skipDuplicates: true })
    await announce(tx, { project: projectId, topic: 'premises', id: premiseRunId })
  })
}

function premiseOf(each: Answered | Failed, premiseRunId: string, epoch: number): Prisma.PremiseCreateManyInput | null {
  const { passageId, style } = each
  const common = { premiseRunId, passageId, style, epoch }
  if (each.kind === 'failure') {
    const { error, attempts } = each
    return { ...common, outcome: 'failed', text: '', flaws: [], attempts, errorCode: error.code, errorParams: error.params }
  }
  const { outcome, text, flaws, attempt } = each
  return outcome ? { ...common, outcome, text, flaws, attempts: attempt } : null
}
