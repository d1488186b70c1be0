import { db } from '@/lib/db'
import { resultOf, type TrainingRunWithJob } from '@/lib/stages/training/training'

/** Losses of a run so far, in nats a token: from the first step, at the last; validation before training and at its lowest. */
export type RunFigures = { lossFrom: number | null; loss: number | null; validationFrom: number | null; validation: number | null; bestStep: number | null }

type Row = RunFigures & { id: string }

/** The figures of each run: a finished one's by its result, any other's by what it has measured. */
export async function readRunFigures(runs: readonly TrainingRunWithJob[]): Promise<ReadonlyMap<string, RunFigures>> {
  const figures = new Map<string, RunFigures>()
  for (const run of runs) {
    const result = resultOf(run)
    if (!result) continue
    const validation = result.best_validation_loss ?? result.validation_loss_to
    figures.set(run.id, { lossFrom: result.first_loss, loss: result.last_loss, validationFrom: result.validation_loss_from, validation, bestStep: result.best_step })
  }
  const others = runs.map(({ id }) => id).filter((id) => !figures.has(id))
  if (others.length === 0) return figures
  const rows = await db().$queryRaw<Row[]>`
    SELECT run.id, first.value AS "lossFrom", last.value AS loss, before.value AS "validationFrom", best.value AS validation, best.step AS "bestStep"
    FROM unnest(${others}::uuid[]) run(id)
    LEFT JOIN LATERAL (SELECT value FROM metric WHERE training_run_id = run.id AND name = 'loss' ORDER BY step LIMIT 1) first ON true
    LEFT JOIN LATERAL (SELECT value FROM metric WHERE training_run_id = run.id AND name = 'loss' ORDER BY step DESC LIMIT 1) last ON true
    LEFT JOIN LATERAL (SELECT value FROM metric WHERE training_run_id = run.id AND name = 'validation_loss' AND step = 0) before ON true
    LEFT JOIN LATERAL (SELECT value, step FROM metric WHERE training_run_id = run.id AND name = 'validation_loss' AND step > 0 ORDER BY value, step LIMIT 1) best ON true`
  for (const { id, ...rest } of rows) figures.set(id, rest)
  return figures
}
