import { randomUUID } from 'node:crypto'
import { startTemporaryPostgres } from '@/bin/services/temporary-postgres.mjs'
import { applyMigrations } from '@/bin/setup/migrations.mjs'
import { encodeCurves } from '@/app/_training/curve-answer'
import { copyRows } from '@/lib/copy'
import { closeDb, db, pool } from '@/lib/db'
import { drawer } from '@/lib/draw'
import { condenseMetrics } from '@/lib/stages/training/condense'
import { readStretches } from '@/lib/stages/training/stretches'
import type { Measurement } from '@/bench/support/measurement'
import { median } from '@/bench/support/median'

const ROUNDS = 15
const LONG = 1_000_000
const SHORT = 1_000
const names = ['loss', 'learning_rate', 'grad_norm', 'tokens_per_second', 'step_seconds', 'memory_bytes', 'cpu_percent', 'process_memory_bytes']

/**
 * The curves of a run as its page asks for them, from a real PostgreSQL to the text of the answer, milliseconds. `ours` is a
 * run of a million steps of one metric (10⁶ points), `baseline` one of a thousand; eight metrics of each besides, and parts of
 * the long one. What condensing costs is told a batch of 512 steps of eight metrics.
 */
export async function measure(): Promise<Measurement> {
  const postgres = await startTemporaryPostgres()
  Object.assign(process.env, { DATABASE_URL: postgres.url, REDIS_URL: 'redis://unused.invalid' })
  try {
    await applyMigrations(postgres.url)
    const [long, short] = [await makeRun(LONG, names.slice(0, 1)), await makeRun(SHORT, names.slice(0, 1))]
    const [longAll, shortAll] = [await makeRun(LONG / 4, names), await makeRun(SHORT, names)]
    await pool().query('VACUUM ANALYZE')
    const condensing: number[] = []
    for (let batch = 0; batch < ROUNDS; batch += 1) condensing.push(await oneMore(longAll, LONG / 4 + batch * 512))
    const ask = {
      ours: () => answer(long),
      baseline: () => answer(short),
      tenthMs: () => answer(long, 450_000, 549_999),
      thousandStepsMs: () => answer(long, 500_000, 500_999),
      eightMetricsLongMs: () => answer(longAll),
      eightMetricsShortMs: () => answer(shortAll),
      newStepsMs: () => answer(longAll, LONG / 4 + (ROUNDS - 1) * 512 + 500),
    }
    const times = new Map<string, number[]>()
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [name, work] of Object.entries(ask)) {
        const started = performance.now()
        await work()
        times.set(name, [...(times.get(name) ?? []), performance.now() - started])
      }
    }
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

async function makeRun(steps: number, measured: readonly string[]): Promise<string> {
  const project = await db().project.create({ data: { name: 'bench' } })
  const job = async (name: string) => (await db().job.create({ data: { projectId: project.id, name, subjectId: randomUUID(), lane: 'cpu', state: 'cancelled', idempotencyKey: randomUUID() } })).id
  const prompt = await db().promptVersion.create({ data: { projectId: project.id, purpose: 'story', version: 1, system: '', template: '{{premise}}', sha256: 'bench' } })
  const dataset = await db().datasetVersion.create({ data: { projectId: project.id, ordinal: 1, settings: {}, jobId: await job('freeze-dataset') } })
  const model = await db().model.create({ data: { kind: 'base', name: 'bench', directory: randomUUID() } })
  const run = await db().trainingRun.create({ data: { projectId: project.id, ordinal: 1, datasetVersionId: dataset.id, promptVersionId: prompt.id, baseModelId: model.id, settings: {}, jobId: await job('train-adapter') } })
  await add(run.id, 1, steps, measured)
  await db().$transaction((tx) => condenseMetrics(tx, run.id), { timeout: 300_000 })
  return run.id
}

async function add(runId: string, from: number, to: number, measured: readonly string[]): Promise<void> {
  const draw = drawer(7)
  const client = await pool().connect()
  function* rows() {
    for (let step = from; step <= to; step += 1) for (const name of measured) yield [runId, step, name, 2 + 2 * Math.exp(-step / 5_000) + draw() / 4, 1] as const
  }
  try {
    await copyRows(client, 'metric', ['training_run_id', 'step', 'name', 'value', 'epoch'], rows())
  } finally {
    client.release()
  }
}

/** A block of steps more, which is when something is condensed; milliseconds of that. */
async function oneMore(runId: string, last: number): Promise<number> {
  await add(runId, last + 1, last + 512, names)
  const started = performance.now()
  await db().$transaction((tx) => condenseMetrics(tx, runId))
  return performance.now() - started
}
