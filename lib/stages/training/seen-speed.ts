import { db } from '@/lib/db'
import { readArchitecture } from '@/lib/forecast/read-architecture'
import type { Speed } from '@/lib/forecast/time'
import { workOf } from '@/lib/forecast/work'
import type { Device, Prisma } from '@/lib/generated/prisma/client'
import { trainingSettings } from '@/lib/settings/training'
import { modelDirectory } from '@/lib/stages/models'
import { trainingResult } from '@/lib/stages/training/training'

/** Runs of fewer steps say more of the start than of the speed. */
const fewestSteps = 5
const looked = 12
const middleOf = 5

type Run = Prisma.TrainingRunGetPayload<{ include: { job: true; baseModel: true; datasetVersion: true } }>

/**
 * How many operations a second trainings reach here on one device: the middle one of the newest finished runs of the same model, else
 * of all, reckoned as the forecast reckons, so that what the reckoning leaves out cancels. Null where none has finished.
 */
export async function seenSpeed(baseModelId: string | null): Promise<Speed | null> {
  const runs = await db().trainingRun.findMany({
    where: { job: { state: 'succeeded' } },
    orderBy: { createdAt: 'desc' },
    take: looked,
    include: { job: true, baseModel: true, datasetVersion: true },
  })
  const seen = (await Promise.all(runs.map(speedOf))).filter((speed) => speed !== null)
  const same = seen.filter((speed) => speed.baseModelId === baseModelId)
  const speeds = (same.length > 0 ? same : seen).slice(0, middleOf).sort((a, b) => a.perSecond - b.perSecond)
  const middle = speeds[Math.floor(speeds.length / 2)]
  return middle ? { perSecond: middle.perSecond, source: same.length > 0 ? 'same-model' : 'other-model', run: { ordinal: middle.ordinal, model: middle.model } } : null
}

type Seen = { perSecond: number; baseModelId: string; ordinal: number; model: string }

async function speedOf(run: Run): Promise<Seen | null> {
  const result = trainingResult.safeParse(run.job.result).data
  const asked = trainingSettings.safeParse(run.settings).data
  const model = await readArchitecture(modelDirectory(run.baseModel))
  // Of a run that does not say what was decided for it, neither its operations nor its devices are known.
  const as = result?.ranAs
  if (!result || !as || !asked || !model || result.steps < fewestSteps || result.tokens_per_second <= 0) return null
  const settings = { ...asked, ...as }
  const pair = result.tokens / (result.steps * Math.min(settings.batchSize * settings.accumulation, Math.max(1, run.datasetVersion.trainingPairs)))
  // Most of a pair is its answer.
  const { both } = workOf(model, settings, { through: 1, answer: 0.9, rowLength: pair })
  // The trainer's tokens are those of all ranks together; processes on a CPU share its cores.
  const devices = as.machines * (as.device === 'cuda' ? as.processes : 1)
  return { perSecond: (both * result.tokens_per_second) / devices, baseModelId: run.baseModelId, ordinal: run.ordinal, model: run.baseModel.name }
}

/** The speed that a device's measured matrix products let expect; null where it was not measured. */
export function speedOfMatrices(device: Device | null, half: boolean): number | null {
  return (half ? device?.bfloat16Rate : null) ?? device?.float32Rate ?? null
}
