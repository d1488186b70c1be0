import type { ForecastOrder } from '@/lib/forecast/order'
import { passTokens } from '@/lib/forecast/padding'
import { stepsOf } from '@/lib/forecast/steps'
import { workOf } from '@/lib/forecast/work'

/** How many operations of a training this device does in a second, and how that is known. */
export type Rate = {
  perSecond: number
  source: 'same-model' | 'other-model' | 'matrices'
  /** The run that it was seen in, where it was one. */
  run: { ordinal: number; model: string } | null
}

export type TimeForecast = {
  steps: number
  secondsPerStep: number
  /** Of all steps, of all evaluations, and of the start. */
  training: number
  evaluations: number
  start: number
  total: number
  reckoned: { workPerStep: number; tokensPerStep: number; padding: number; evaluationCount: number; rate: Rate }
}

/** Trainings reach about so much of what multiplying large matrices alone does. */
export const shareOfMatrices = 0.6
/** Importing the libraries; hashing and reading the weights goes at about the second number, in bytes a second. */
const libraries = 12
const readingRate = 400e6

/** How long a run takes at a rate; `weightBytes` are read before the first step. */
export function forecastTime(order: ForecastOrder, rate: Rate, weightBytes: number): TimeForecast {
  const { model, settings, lengths } = order
  const steps = stepsOf(settings, lengths.trainingPairs)
  const { pair, answer, padded, rowLength } = passTokens(order)
  const pairs = Math.min(settings.batchSize * settings.accumulation, settings.maxSteps ? Infinity : lengths.trainingPairs * settings.epochs)
  const step = workOf(model, settings, { through: pairs * padded, answer: pairs * answer, rowLength })
  const validation = workOf(model, settings, { through: lengths.validationPairs * padded, answer: lengths.validationPairs * answer, rowLength })
  const evaluationCount = lengths.validationPairs === 0 ? 0 : 1 + Math.ceil(steps / settings.evaluationSteps)
  // GPUs share a step's pairs; processes on a CPU share the cores, too.
  const perSecond = rate.perSecond * (order.device.kind === 'cuda' ? settings.devices : 1)
  const secondsPerStep = step.both / perSecond
  const training = steps * secondsPerStep
  const evaluations = (evaluationCount * validation.forward) / perSecond
  const start = libraries + weightBytes / readingRate
  return {
    steps,
    secondsPerStep,
    training,
    evaluations,
    start,
    total: training + evaluations + start,
    reckoned: { workPerStep: step.both, tokensPerStep: pairs * pair, padding: pair === 0 ? 0 : padded / pair - 1, evaluationCount, rate },
  }
}
