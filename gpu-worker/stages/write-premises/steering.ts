import { db } from '@/lib/db'
import { log } from '@/lib/log'
import { Width } from '@/lib/llm/ask-many'
import { Purse } from '@/lib/llm/purse'
import type { Attempt } from '@/lib/queue/attempt'

/** What a person may change while a run goes on, as the run's row has it at every beat. */
export type Steering = { width: Width; purse: Purse }

/** Follows the row's concurrency and budget for as long as the attempt lives. `spent` is what the run has cost so far. */
export async function steer(attempt: Attempt, run: { id: string; concurrency: number | null; budget: number | null }, concurrency: number): Promise<Steering> {
  const width = new Width(run.concurrency ?? concurrency)
  const purse = new Purse(await spentBy(run.id), run.budget)
  attempt.onBeat(() => {
    db()
      .premiseRun.findUnique({ where: { id: run.id }, select: { concurrency: true, budget: true } })
      .then((row) => {
        if (!row) return
        if ((row.concurrency ?? concurrency) !== width.now()) width.set(row.concurrency ?? concurrency)
        purse.setBudget(row.budget)
      })
      .catch((error: unknown) => log.warn({ err: error, run: run.id }, 'what a person has changed about the run could not be read; the next beat will'))
  })
  return { width, purse }
}

async function spentBy(premiseRunId: string): Promise<number> {
  const rows = await db().$queryRaw<{ spent: number }[]>`
    SELECT (SELECT coalesce(sum(cost), 0) FROM premise_answer WHERE premise_run_id = ${premiseRunId}::uuid)
      + (SELECT coalesce(sum(s.cost), 0) FROM premise_score s JOIN premise p ON p.id = s.premise_id WHERE p.premise_run_id = ${premiseRunId}::uuid) AS spent`
  return rows[0]?.spent ?? 0
}
