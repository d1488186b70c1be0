import { adapterParameters, type Architecture } from '@/lib/forecast/architecture'
import type { ForecastSettings, Lengths } from '@/lib/forecast/order'
import { stepsOf } from '@/lib/forecast/steps'

export type SpaceForecast = {
  /** Of one checkpoint: the adapter in float32 and AdamW's two moments of it. */
  checkpoint: number
  /** Checkpoints that lie there at once at most: the newest, the best, and the one being written. */
  count: number
  adapter: number
  total: number
}

type Order = { model: Architecture; settings: ForecastSettings; lengths: Pick<Lengths, 'trainingPairs' | 'validationPairs'> }

/** Configuration, schedule, random state and manifest. */
const besides = 64 * 1024

/** Bytes that a run takes on the disk at most. */
export function forecastSpace({ model, settings, lengths }: Order): SpaceForecast {
  const adapter = adapterParameters(model, settings) * 4 + besides
  const checkpoint = adapter * 3
  const steps = stepsOf(settings, lengths.trainingPairs)
  const best = lengths.validationPairs > 0 ? 1 : 0
  const made = Math.ceil(steps / settings.checkpointSteps) + best * Math.ceil(steps / settings.evaluationSteps)
  const count = Math.min(settings.keepCheckpoints + best + 1, made)
  return { checkpoint, count, adapter, total: checkpoint * count + adapter }
}
