import { randomUUID } from 'node:crypto'
import { copyRows } from '@/lib/copy'
import { db, pool } from '@/lib/db'
import { drawer } from '@/lib/draw'
import { presets } from '@/lib/settings/presets'
import { condenseMetrics } from '@/lib/stages/training/condense'

/** A run that ended after so many steps, each with these metrics; condensed as the worker does it. */
export async function makeRun(steps: number, measured: readonly string[]): Promise<{ id: string; projectId: string }> {
  const project = await db().project.create({ data: { name: `bench ${randomUUID()}` } })
  const job = async (name: string) => (await db().job.create({ data: { projectId: project.id, name, subjectId: randomUUID(), lane: 'cpu', state: 'cancelled', idempotencyKey: randomUUID() } })).id
  const prompt = await db().promptVersion.create({ data: { projectId: project.id, purpose: 'story', version: 1, system: '', template: '{{premise}}', sha256: 'bench' } })
  const dataset = await db().datasetVersion.create({ data: { projectId: project.id, ordinal: 1, settings: {}, jobId: await job('freeze-dataset') } })
  const model = await db().model.create({ data: { kind: 'base', name: 'bench', directory: randomUUID() } })
  const run = await db().trainingRun.create({ data: { projectId: project.id, ordinal: 1, datasetVersionId: dataset.id, promptVersionId: prompt.id, baseModelId: model.id, settings: presets.starter.training, jobId: await job('train-adapter') } })
  await addSteps(run.id, 1, steps, measured)
  await db().$transaction((tx) => condenseMetrics(tx, run.id), { timeout: 300_000 })
  return { id: run.id, projectId: project.id }
}

/** Steps more of a run, both ends taken in, as they are written while it goes on. */
export async function addSteps(runId: string, from: number, to: number, measured: readonly string[]): Promise<void> {
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
