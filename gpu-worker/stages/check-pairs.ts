import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Handler } from '@/lib/queue/attempt'
import type { PairSource } from '@/lib/stages/pairs/source'
import { markPairs } from '@/gpu-worker/stages/check-pairs/mark-pairs'

/** Looks through all pairs of a run or an import and marks near-equal ones and those that give a test premise away. */
export const checkPairs: Handler = async (attempt) => {
  const check = await db().pairCheck.findUniqueOrThrow({ where: { id: attempt.subjectId } })
  const source: PairSource | null = check.premiseRunId ? { kind: 'run', id: check.premiseRunId } : check.pairImportId ? { kind: 'import', id: check.pairImportId } : null
  if (!source) throw new MolianError('run.missing', { what: 'premise run' })
  return markPairs(attempt, check.projectId, source)
}
