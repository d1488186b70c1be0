import { db } from '@/lib/db'
import { seedOf } from '@/lib/draw'
import { announce } from '@/lib/events'
import { askMany, type Width } from '@/lib/llm/ask-many'
import { scoreIn, scoringQuestion, scoringVersion } from '@/lib/llm/premise-score'
import type { Attempt } from '@/lib/queue/attempt'
import type { PremiseSampling } from '@/lib/settings/premises'
import { groupCommit } from '@/gpu-worker/group-commit'
import { BudgetReached, type Paid } from '@/gpu-worker/stages/write-premises/paid-asker'
import { RowFailures } from '@/gpu-worker/stages/write-premises/row-failures'
import type { Question } from '@/lib/llm/ask'

type Ungraded = { id: number; text: string; passage: string; ordinal: number }
type Graded = { premiseId: number; score: number | null; text: string; promptTokens: number | null; completionTokens: number | null; cost: number | null; latencyMs: number }

export type Scoring = {
  premiseRunId: string
  sampling: PremiseSampling
  width: Width
  signal: AbortSignal
  pausing: AbortSignal
  ask: (question: Question, signal: AbortSignal) => Promise<Paid>
}

/** Has every good premise that has no grade yet graded; each grade is kept as it comes. Says whether all were asked about. */
export async function scorePremises(attempt: Attempt, scoring: Scoring): Promise<boolean> {
  const { premiseRunId, sampling } = scoring
  const ungraded = await db().$queryRaw<Ungraded[]>`
    SELECT p.id, p.text, s.ordinal, substring(c.text FROM s.start_at + 1 FOR s.end_at - s.start_at) AS passage
    FROM premise p JOIN passage s ON s.id = p.passage_id JOIN chapter c ON c.id = s.chapter_id LEFT JOIN premise_score g ON g.premise_id = p.id
    WHERE p.premise_run_id = ${premiseRunId}::uuid AND p.outcome = 'good' AND g.premise_id IS NULL ORDER BY s.ordinal`
  const stop = new AbortController()
  const signal = AbortSignal.any([scoring.signal, stop.signal])
  const commit = groupCommit<Graded>((batch) => keepGrades(attempt, premiseRunId, batch))
  const failures = new RowFailures()
  let done = 0
  attempt.progress({ done, total: ungraded.length, phase: 'scoring' })
  return askMany(ungraded, scoring.width, { signal, pausing: scoring.pausing }, async ({ id, text, passage, ordinal }) => {
    const begunAt = performance.now()
    try {
      const { answer, cost } = await scoring.ask(scoringQuestion(passage, text, sampling.style, seedOf(sampling.seed, ordinal, 0)), signal)
      failures.answered()
      const { promptTokens, completionTokens, latencyMs } = answer
      await commit({ premiseId: id, score: scoreIn(answer.text), text: answer.text, promptTokens, completionTokens, cost, latencyMs }).catch((error: unknown) => stop.abort(error))
    } catch (error) {
      if (error instanceof BudgetReached) throw error
      // A premise without a grade is a good one all the same; the next attempt asks for it again.
      if (!failures.isOfRow(error, begunAt)) throw error
      attempt.log('scoring', error.message)
    }
    done += 1
    attempt.progress({ done, total: ungraded.length, phase: 'scoring' })
  })
}

async function keepGrades(attempt: Attempt, premiseRunId: string, batch: readonly Graded[]): Promise<void> {
  const { epoch, projectId } = attempt
  await attempt.write(async (tx) => {
    await tx.premiseScore.createMany({ data: batch.map((graded) => ({ ...graded, version: scoringVersion, epoch })), skipDuplicates: true })
    for (const { premiseId, score } of batch) await tx.premise.updateMany({ where: { id: premiseId }, data: { score } })
    await announce(tx, { project: projectId, topic: 'premises', id: premiseRunId })
  })
}
