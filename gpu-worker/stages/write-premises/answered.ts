import { db } from '@/lib/db'
import type { MolianError } from '@/lib/errors'
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
