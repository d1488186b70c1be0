import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Prisma, TrainingRun } from '@/lib/generated/prisma/client'
import { inspectModelFolder } from '@/lib/models/folder'
import { workKey } from '@/lib/queue/enqueue'
import { requestStop } from '@/lib/queue/lease'
import { readTrainingSettings } from '@/lib/settings/read-training'
import type { TrainingSettings } from '@/lib/settings/training'
import { latestDevice } from '@/lib/stages/devices'
import { modelDirectory, resolveModel } from '@/lib/stages/models'
import { refuseForDevice, refuseWithoutSpace } from '@/lib/stages/training/allowed'
import { queueTraining } from '@/lib/stages/training/queue-training'
import { fixSamplePremises } from '@/lib/stages/training/sample-premises'

const whole = { job: true, continues: { select: { id: true, ordinal: true, name: true } }, checkpoints: { orderBy: { step: 'desc' } }, baseModel: true, promptVersion: true, datasetVersion: true, adapter: { include: { mergedModel: { include: { job: true } } } } } as const

export type TrainingRunWithJob = Prisma.TrainingRunGetPayload<{ include: typeof whole }>

const ranAs = z.object({
  batchSize: z.number(),
  accumulation: z.number(),
  gradientCheckpointing: z.enum(['on', 'off']),
  device: z.enum(['cpu', 'cuda']),
  /** On each of the machines. */
  processes: z.number(),
  machines: z.number(),
})

/** How a run's last attempt went about it: what its settings left to the forecast, and over how many processes. */
export type RanAs = z.infer<typeof ranAs>

/** What a finished run says of itself: the job's result, in the words of training_run.py. Losses in nats a token, speed not counting pads. */
export const trainingResult = z.object({
  steps: z.number(),
  first_loss: z.number().nullable(),
  last_loss: z.number().nullable(),
  validation_loss_from: z.number().nullable(),
  validation_loss_to: z.number().nullable(),
  best_validation_loss: z.number().nullable(),
  best_step: z.number().nullable(),
  /** The step whose weights are the adapter's. */
  adapter_step: z.number(),
  tokens: z.number(),
  tokens_per_second: z.number(),
  truncated: z.number(),
  dropped: z.number(),
  stopped_early: z.boolean(),
  /** Ended by itself, validation having been no better for too long. */
  out_of_patience: z.boolean(),
  /** The worker's own word, not the trainer's; runs of before it was kept have none. */
  ranAs: ranAs.optional(),
})

export type TrainingResult = z.infer<typeof trainingResult>

/** The result of a run whose job has succeeded, else null. */
export function resultOf(run: { job: { state: string; result: unknown } }): TrainingResult | null {
  return run.job.state === 'succeeded' ? (trainingResult.safeParse(run.job.result).data ?? null) : null
}

/** Queues a training run; the same dataset, base weights, prompt and settings give the same run. */
export async function startTraining(
  projectId: string,
  order: { datasetVersionId: string; promptVersionId: string; settings: TrainingSettings },
): Promise<TrainingRun> {
  const { datasetVersionId, promptVersionId } = order
  const settings = readTrainingSettings(order.settings)
  const dataset = await db().datasetVersion.findFirst({ where: { id: datasetVersionId, projectId }, include: { job: true } })
  if (!dataset) throw new MolianError('run.missing', { what: 'dataset version' })
  if (dataset.job.state !== 'succeeded') throw new MolianError('training.dataset-not-frozen', { version: dataset.ordinal })
  const prompt = await db().promptVersion.findFirst({ where: { id: promptVersionId, projectId, purpose: 'story' } })
  if (!prompt) throw new MolianError('run.missing', { what: 'prompt version' })
  const baseModel = await resolveModel(settings.baseModel)
  const { hasChatTemplate } = await inspectModelFolder(modelDirectory(baseModel))
  if (!hasChatTemplate) throw new MolianError('model.no-chat-template', { path: modelDirectory(baseModel) })

  refuseForDevice(settings, await latestDevice())
  await refuseWithoutSpace(modelDirectory(baseModel), settings, dataset)

  const { baseModel: _name, ...rest } = settings
  const key = workKey('train-adapter', datasetVersionId, dataset.sha256, baseModel.sha256, promptVersionId, rest)
  return queueTraining(key, { projectId, datasetVersionId, promptVersionId, baseModelId: baseModel.id, settings }, (tx, id) => fixSamplePremises(tx, id, datasetVersionId, settings))
}

/** A project's runs with all that hangs on them, the newest first. */
export async function listTrainingRuns(projectId: string): Promise<TrainingRunWithJob[]> {
  return db().trainingRun.findMany({ where: { projectId }, include: whole, orderBy: { ordinal: 'desc' } })
}

/** One run with all that hangs on it; null where there is none, or the id is none. */
export async function readTrainingRun(id: string): Promise<TrainingRunWithJob | null> {
  return z.uuid().safeParse(id).success ? db().trainingRun.findUnique({ where: { id }, include: whole }) : null
}

/** `cancel` ends the run; `keep` ends it with what it has learned as its adapter, marked as stopped early. */
export async function stopTraining(id: string, request: 'cancel' | 'keep'): Promise<void> {
  const run = await db().trainingRun.findUnique({ where: { id }, select: { jobId: true } })
  if (!run) throw new MolianError('run.missing', { what: 'training run' })
  await requestStop(run.jobId, request)
}
