import { startTemporaryPostgres } from '@/bin/services/temporary-postgres.mjs'
import { applyMigrations } from '@/bin/setup/migrations.mjs'
import { encodeCurves } from '@/app/_training/curve-answer'
import { closeDb, db, pool } from '@/lib/db'
import { condenseMetrics } from '@/lib/stages/training/condense'
import { readStretches } from '@/lib/stages/training/stretches'
import { committedToAnswerMs } from '@/bench/support/committed-answer'
import { addSteps, makeRun } from '@/bench/support/long-run'
import type { Measurement } from '@/bench/support/measurement'
import { median } from '@/bench/support/median'

const ROUNDS = 9
const LONG = 1_000_000
const LONG_ALL = 100_000
const SHORT = 1_000
const names = ['loss', 'learning_rate', 'grad_norm', 'tokens_per_second', 'step_seconds', 'memory_bytes', 'cpu_percent', 'process_memory_bytes']

/**
 * The curves of a run as its page asks for them, from a real PostgreSQL to the text of the answer, milliseconds. `ours` is a
 * run of a million steps of one metric (10⁶ points), `baseline` one of a thousand. Besides: a tenth and a thousand steps of
 * the long one, a hundred thousand steps of eight metrics against a thousand, and the newest steps alone, as they are asked
 * for while a run goes on. `condensingMs` is what the worker spends once in 512 steps of eight metrics,
 * `committedToAnswerP95Ms` what passes between a step's commit and the answer that has it.
 */
export async function measure(): Promise<Measurement> {
  const postgres = await startTemporaryPostgres()
  Object.assign(process.env, { DATABASE_URL: postgres.url, REDIS_URL: 'redis://unused.invalid' })
  try {
    await applyMigrations(postgres.url)
    const [long, short] = [(await makeRun(LONG, names.slice(0, 1))).id, (await makeRun(SHORT, names.slice(0, 1))).id]
    const [longAll, live] = [(await makeRun(LONG_ALL, names)).id, await makeRun(SHORT, names)]
    const shortAll = live.id
    await pool().query('VACUUM ANALYZE')
    const condensing: number[] = []
    for (let batch = 0; batch < ROUNDS; batch += 1) condensing.push(await oneMore(longAll, LONG_ALL + batch * 512))
    const ask = {
      ours: () => answer(long),
      baseline: () => answer(short),
      tenthMs: () => answer(long, 450_000, 549_999),
      thousandStepsMs: () => answer(long, 500_000, 500_999),
      eightMetricsLongMs: () => answer(longAll),
      eightMetricsShortMs: () => answer(shortAll),
      newStepsMs: () => answer(longAll, LONG_ALL + (ROUNDS - 1) * 512 + 500),
    }
    const times = new Map<string, number[]>()
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, work] of Object.entries(ask)) {
        const started = performance.now()
        await work()
        times.set(name, [...(times.get(name) ?? []), performance.now() - started])
      }
    }
    const committed = await committedToAnswerMs(live, SHORT)
    const ms = (name: keyof typeof ask) => median(times.get(name) ?? [])
    return {
      ours: ms('ours'),
      baseline: ms('baseline'),
      ratio: ms('baseline') / ms('ours'),
      unit: 'ms',
      tenthMs: ms('tenthMs'),
      thousandStepsMs: ms('thousandStepsMs'),
      eightMetricsLongMs: ms('eightMetricsLongMs'),
      eightMetricsShortMs: ms('eightMetricsShortMs'),
      newStepsMs: ms('newStepsMs'),
      condensingMs: median(condensing),
      committedToAnswerMs: median(committed),
      committedToAnswerP95Ms: committed[Math.ceil(committed.length * 0.95) - 1] ?? Number.NaN,
      answerKB: (await answer(long)).length / 1e3,
    }
  } finally {
    await closeDb()
    await postgres.stop()
  }
}

async function answer(runId: string, fromStep?: number, toStep?: number): Promise<string> {
  return JSON.stringify(encodeCurves(1, await readStretches(runId, { fromStep, toStep })))
}

/** A block of steps more, which is when something is condensed; milliseconds of that. */
async function oneMore(runId: string, last: number): Promise<number> {
  await addSteps(runId, last + 1, last + 512, names)
  const started = performance.now()
  await db().$transaction((tx) => condenseMetrics(tx, runId))
  return performance.now() - started
}
