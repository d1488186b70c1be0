import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { TrainingRun } from '@/lib/generated/prisma/client'
import { workKey } from '@/lib/queue/enqueue'
import { trainingSettings, type TrainingSettings } from '@/lib/settings/training'
import { condenseMetrics } from '@/lib/stages/training/condense'
import { queueTraining } from '@/lib/stages/training/queue-training'
import { copySamples } from '@/lib/stages/training/sample-premises'

/** What a continuation may do otherwise than the run it goes on from: how far, counted from the first run's beginning, and over how many devices. */
export const continuationGoal = trainingSettings.pick({ epochs: true, maxSteps: true, devices: true })

type Goal = Pick<TrainingSettings, 'epochs' | 'maxSteps'> & Partial<Pick<TrainingSettings, 'devices'>>

/**
 * Queues a run that goes on from the checkpoint of `step` of an ended one, with its weights, optimiser, schedule, order
 * and random state; its curve begins with that run's. Throws run.missing, training.still-going, training.no-checkpoint
 * and training.nothing-more.
 */
export async function continueTraining(runId: string, step: number, goal: Goal): Promise<TrainingRun> {
  const from = await db().trainingRun.findUnique({ where: { id: runId }, include: { job: true, datasetVersion: true, checkpoints: { where: { step } } } })
  if (!from) throw new MolianError('run.missing', { what: 'training run' })
  const { state } = from.job
  if (state !== 'succeeded' && state !== 'failed' && state !== 'cancelled') throw new MolianError('training.still-going')
  const checkpoint = from.checkpoints[0]
  if (!checkpoint) throw new MolianError('training.no-checkpoint', { step })
  const settings = { ...trainingSettings.parse(from.settings), ...continuationGoal.partial({ devices: true }).parse(goal) }
  const steps = stepsOf(settings, from.datasetVersion.trainingPairs)
  if (steps <= step) throw new MolianError('training.nothing-more', { step, steps })

  const { projectId, datasetVersionId, promptVersionId, baseModelId } = from
  const key = workKey('train-adapter', 'continued', runId, step, checkpoint.sha256, settings)
  return queueTraining(key, { projectId, datasetVersionId, promptVersionId, baseModelId, settings, continuesId: runId, continuesStep: step }, async (tx, id) => {
    await tx.$executeRaw`
      INSERT INTO metric (training_run_id, step, name, value, epoch, at)
      SELECT ${id}::uuid, step, name, value, 0, at FROM metric WHERE training_run_id = ${runId}::uuid AND step <= ${step}`
    await copySamples(tx, runId, id, step)
    await condenseMetrics(tx, id)
  })
}

/** Optimiser steps of a run over so many pairs, as steps_of of training_pairs.py counts them. */
export function stepsOf(settings: Pick<TrainingSettings, 'epochs' | 'maxSteps' | 'batchSize' | 'accumulation'>, pairs: number): number {
  return settings.maxSteps || Math.max(1, Math.ceil(Math.round(pairs * settings.epochs) / (settings.batchSize * settings.accumulation)))
}
