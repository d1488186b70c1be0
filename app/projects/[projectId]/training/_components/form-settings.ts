import type { FormValues } from '@/app/_settings/setting-values'
import type { ForecastSettings } from '@/lib/forecast/order'
import { checkpointings, methods, mostEpochs, precisions, projections } from '@/lib/settings/training-choices'

/** The form's values as the forecast wants them; null while one of them is not a number that could stand there. */
export function forecastSettings(values: FormValues): ForecastSettings | null {
  const number = (name: string) => {
    const written = values[name]
    return typeof written === 'string' && written.trim() !== '' ? Number(written) : NaN
  }
  const method = methods.find((each) => each === values.method)
  const precision = precisions.find((each) => each === values.precision)
  const gradientCheckpointing = checkpointings.find((each) => each === values.gradientCheckpointing)
  const chosen = values.targets
  if (!method || !precision || !gradientCheckpointing || !Array.isArray(chosen)) return null
  const numbers = {
    rank: number('rank'),
    dropout: number('dropout'),
    batchSize: number('batchSize'),
    accumulation: number('accumulation'),
    epochs: number('epochs'),
    maxSteps: number('maxSteps'),
    maxLength: number('maxLength'),
    evaluationSteps: number('evaluationSteps'),
    checkpointSteps: number('checkpointSteps'),
    keepCheckpoints: number('keepCheckpoints'),
    devices: number('devices'),
    machines: number('machines'),
    samples: number('samples'),
    sampleSeconds: number('sampleSeconds'),
  }
  const counts = ['rank', 'batchSize', 'accumulation', 'maxLength', 'evaluationSteps', 'checkpointSteps', 'keepCheckpoints', 'devices', 'machines', 'sampleSeconds'] as const
  const isWhole = counts.every((name) => Number.isInteger(numbers[name]) && numbers[name] >= 1 && numbers[name] <= 10_000_000)
  if (!isWhole || !Object.values(numbers).every((value) => Number.isFinite(value) && value >= 0)) return null
  // What the forecast does not need but the run does: a figure for a run that cannot start would mislead.
  if (!(number('learningRate') > 0) || numbers.epochs > mostEpochs) return null
  return { ...numbers, method, precision, gradientCheckpointing, targets: projections.filter((each) => chosen.includes(each)), fitBatch: values.fitBatch === true, packing: values.packing === true }
}
