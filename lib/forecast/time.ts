import { type ForecastOrder, processesOn } from '@/lib/forecast/order'
import { passTokens } from '@/lib/forecast/padding'
import { stepsOf } from '@/lib/forecast/steps'
import { workOf } from '@/lib/forecast/work'

/** How many operations of a training one device does in a second, all cores of a CPU or one GPU, and how that is known. */
export type Speed = {
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
  /** Of the samples along the curve, at most; not in the total, since most are written sooner. */
  samplesAtMost: number
  total: number
  reckoned: { workPerStep: number; tokensPerStep: number; padding: number; evaluationCount: number; speed: Speed }
}

/** Trainings reach about so much of what multiplying large matrices alone does. */
export const shareOfMatrices = 0.6
/** Importing the libraries; hashing and reading the weights goes at about the second number, in bytes a second. */
const libraries = 12
const readingRate = 400e6

/** How long a run takes at a speed; `weightBytes` are read before the first step. */
export function forecastTime(order: ForecastOrder, speed: Speed, weightBytes: number): TimeForecast {
  const { model, settings, lengths } = order
  const steps = stepsOf(settings, lengths.trainingPairs)
  const { pair, answer, padded, rowLength } = passTokens(order)
  const pairs = Math.min(settings.batchSize * settings.accumulation, settings.maxSteps ? Infinity : lengths.trainingPairs * settings.epochs)
  const step = workOf(model, settings, { through: pairs * padded, answer: pairs * answer, rowLength })
  const validation = workOf(model, settings, { through: lengths.validationPairs * padded, answer: lengths.validationPairs * answer, rowLength })
  const looks = 1 + Math.ceil(steps / settings.evaluationSteps)
  const evaluationCount = lengths.validationPairs === 0 ? 0 : looks
  const perSecond = speed.perSecond * sharing(order)
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
    samplesAtMost: settings.samples === 0 ? 0 : settings.sampleSeconds * looks,
    total: training + evaluations + start,
    reckoned: { workPerStep: step.both, tokensPerStep: pairs * pair, padding: pair === 0 ? 0 : padded / pair - 1, evaluationCount, speed },
  }
}

/** GPUs share a step's pairs, and so do machines; processes on a CPU share its cores, too. */
function sharing({ device, settings }: Pick<ForecastOrder, 'device' | 'settings'>): number {
  return settings.machines * (device.kind === 'cuda' ? processesOn(device, settings.devices) : 1)
}
