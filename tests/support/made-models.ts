import { join } from 'node:path'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import type { Adapter, Model, TrainingRun } from '@/lib/generated/prisma/client'
import { registerFolder } from '@/lib/stages/models'
import { startMerge } from '@/lib/stages/models/merging'
import { startTraining } from '@/lib/stages/training/training'
import { adapterParts, writeAdapter, writeBaseFolder } from '@/tests/support/adapter-files'
import { makeFrozenDataset, quickTraining } from '@/tests/support/frozen-dataset'
import { writeModelFolder } from '@/tests/support/model-folder'

type Made = { base: Model; run: TrainingRun; adapter: Adapter; merged: Model }

/** A base in the home, a finished run on it, its adapter, and the model merged of it: rows and files, as the jobs leave them. */
export async function makeModels(name: string): Promise<Made> {
  const base = await registerFolder(name, writeBaseFolder(inHome(join('models', 'huggingface', `${name}@abc`))))
  const { projectId, ...inputs } = await makeFrozenDataset(16)
  const run = await startTraining(projectId, { ...inputs, settings: quickTraining(name, { learningRate: 1e-4 }) })
  const result = { steps: 12, first_loss: 4, last_loss: 2.5, validation_loss_from: 4.1, validation_loss_to: 3, best_validation_loss: 2.9, best_step: 10, adapter_step: 10, tokens: 1000, tokens_per_second: 50, truncated: 0, dropped: 0, stopped_early: false, out_of_patience: false }
  await db().job.update({ where: { id: run.jobId }, data: { state: 'succeeded', finishedAt: new Date(), result } })
  const directory = artifactPath.adapter(run.id)
  writeAdapter(inHome(directory), adapterParts())
  const adapter = await db().adapter.create({ data: { trainingRunId: run.id, directory, sha256: 'a'.repeat(64), bytes: 100n } })
  const started = await startMerge(adapter.id)
  writeModelFolder(inHome(started.directory))
  await db().job.update({ where: { id: started.jobId ?? '' }, data: { state: 'succeeded', finishedAt: new Date() } })
  const merged = await db().model.update({ where: { id: started.id }, data: { sha256: 'b'.repeat(64), bytes: 200n } })
  return { base, run, adapter, merged }
}
