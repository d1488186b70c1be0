import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { stepsOf } from '@/lib/forecast/steps'
import type { ContinuedRate, TrainingRun } from '@/lib/generated/prisma/client'
import { workKey } from '@/lib/queue/enqueue'
import { readTrainingSettings } from '@/lib/settings/read-training'
import { trainingSettings, type TrainingSettings } from '@/lib/settings/training'
import { condenseMetrics } from '@/lib/stages/training/condense'
import { queueTraining } from '@/lib/stages/training/queue-training'
import { copySamples } from '@/lib/stages/training/sample-premises'

/** A rate below this share of the peak teaches nothing worth the steps. */
const leastHeld = 1e-3

/** What a continuation may do otherwise than the run it goes on from: how far, counted from the first run's beginning, and over how many devices. */
export const continuationGoal = trainingSettings.pick({ epochs: true, maxSteps: true, devices: true })

/** What may become of the learning rate; the last two only with a rate at the checkpoint, or a peak, to go by. */
export const continuedRate = z.enum(['stretched', 'held', 'anew'])

type Goal = Pick<TrainingSettings, 'epochs' | 'maxSteps'> & Partial<Pick<TrainingSettings, 'devices'>>

/**
 * Queues a run that goes on from the checkpoint of `step` of an ended one, with its weights, optimiser, schedule, order
 * and random state; its curve begins with that run's. `rate` says what becomes of the learning rate: the schedule drawn
 * over all steps as if planned so long from the beginning, the checkpoint's rate held to the end, or up to the peak once
 * more and down to nothing. Throws run.missing, training.still-going, training.no-checkpoint, training.bad-setting,
 * training.nothing-more and training.rate-is-nothing.
 */
export async function continueTraining(runId: string, step: number, goal: Goal, rate: ContinuedRate = 'stretched'): Promise<TrainingRun> {
  const from = await db().trainingRun.findUnique({ where: { id: runId }, include: { job: true, datasetVersion: true, checkpoints: { where: { step } } } })
  if (!from) throw new MolianError('run.missing', { what: 'training run' })
  const { state } = from.job
  if (state !== 'succeeded' && state !== 'failed' && state !== 'cancelled') throw new MolianError('training.still-going')
  const checkpoint = from.checkpoints[0]
  if (!checkpoint) throw new MolianError('training.no-checkpoint', { step })
  const settings = { ...readTrainingSettings(from.settings), ...continuationGoal.partial({ devices: true }).parse(goal) }
  const steps = stepsOf(settings, from.datasetVersion.trainingPairs)
  if (steps <= step) throw new MolianError('training.nothing-more', { step, steps })

  const { projectId, datasetVersionId, promptVersionId, baseModelId } = from
  const continuesFrom = (await ratesAt(runId, [step])).get(step) ?? null
  if (rate === 'held' && (continuesFrom ?? 0) < leastHeld * settings.learningRate) throw new MolianError('training.rate-is-nothing', { step, rate: (continuesFrom ?? 0).toExponential(1) })
  const key = workKey('train-adapter', 'continued', runId, step, checkpoint.sha256, settings, rate)
  return queueTraining(key, { projectId, datasetVersionId, promptVersionId, baseModelId, settings, continuesId: runId, continuesStep: step, continuesRate: rate, continuesFrom }, async (tx, id) => {
    await tx.$executeRaw`
      INSERT INTO metric (training_run_id, step, name, value, epoch, at)
      SELECT ${id}::uuid, step, name, value, 0, at FROM metric WHERE training_run_id = ${runId}::uuid AND step <= ${step}`
    await copySamples(tx, runId, id, step)
    await condenseMetrics(tx, id)
  })
}

/** The learning rates that a run had in these steps, as far as they were measured. */
export async function ratesAt(runId: string, steps: readonly number[]): Promise<Map<number, number>> {
  const rows = await db().metric.findMany({ where: { trainingRunId: runId, name: 'learning_rate', step: { in: [...steps] } }, select: { step: true, value: true } })
  return new Map(rows.map(({ step, value }) => [step, value]))
}
