import { db } from '@/lib/db'
import { forecastMemory } from '@/lib/forecast/memory'
import { readArchitecture } from '@/lib/forecast/read-architecture'
import { type ResolvedSettings, resolved } from '@/lib/forecast/resolved'
import type { Prisma } from '@/lib/generated/prisma/client'
import type { Attempt } from '@/lib/queue/attempt'
import type { TrainingSettings } from '@/lib/settings/training'
import { modelDirectory } from '@/lib/stages/models'
import { forecastDevice } from '@/lib/stages/training/forecast-facts'
import { pairLengths } from '@/lib/stages/training/pair-lengths'
import { thisDevice } from '@/gpu-worker/device'

type Run = Prisma.TrainingRunGetPayload<{ include: { baseModel: true; promptVersion: true } }>
type Decided = Pick<ResolvedSettings, 'batchSize' | 'accumulation' | 'gradientCheckpointing'>

/**
 * What the settings leave to the forecast, decided for this machine as it is now. A later attempt may decide otherwise:
 * neither changes what a step learns. Where the forecast does not know the model, the batch stays as it was written and
 * activations are kept, not recomputed; the log says so.
 */
export async function decided(settings: TrainingSettings, run: Run, attempt: Pick<Attempt, 'log'>): Promise<Decided> {
  const { batchSize, accumulation, fitBatch, gradientCheckpointing } = settings
  if (!fitBatch && gradientCheckpointing !== 'auto') return { batchSize, accumulation, gradientCheckpointing }
  const directory = modelDirectory(run.baseModel)
  const { name } = await thisDevice()
  const [model, device, lengths] = await Promise.all([
    readArchitecture(directory),
    db().device.findUnique({ where: { name } }),
    pairLengths({ ...run.promptVersion, datasetVersionId: run.datasetVersionId, modelId: run.baseModelId, promptVersionId: run.promptVersionId, directory }).catch(() => null),
  ])
  if (!model || !device || !lengths) {
    const kept = gradientCheckpointing === 'on' ? 'on' : 'off'
    attempt.log('worker', `The memory that this run takes cannot be forecast: ${batchSize} × ${accumulation} pairs as written, recomputing activations ${kept}`)
    return { batchSize, accumulation, gradientCheckpointing: kept }
  }
  const order = { model, settings, device: forecastDevice(device), lengths }
  const chosen = resolved(order)
  const gigabytes = (forecastMemory({ ...order, settings: chosen }).total / 1e9).toFixed(1)
  attempt.log('worker', `For the memory here: ${chosen.batchSize} × ${chosen.accumulation} pairs, recomputing activations ${chosen.gradientCheckpointing}; about ${gigabytes} GB`)
  return { batchSize: chosen.batchSize, accumulation: chosen.accumulation, gradientCheckpointing: chosen.gradientCheckpointing }
}
