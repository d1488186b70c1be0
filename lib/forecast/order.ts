import type { Architecture } from '@/lib/forecast/architecture'
import type { TrainingSettings } from '@/lib/settings/training'

/** The settings on which memory and time depend. */
export type ForecastSettings = Pick<
  TrainingSettings,
  | 'method'
  | 'rank'
  | 'dropout'
  | 'targets'
  | 'batchSize'
  | 'accumulation'
  | 'fitBatch'
  | 'epochs'
  | 'maxSteps'
  | 'maxLength'
  | 'packing'
  | 'gradientCheckpointing'
  | 'precision'
  | 'evaluationSteps'
  | 'samples'
  | 'sampleSeconds'
  | 'checkpointSteps'
  | 'keepCheckpoints'
  | 'devices'
  | 'machines'
>

/** Where a run computes. Bytes are those of the memory that training is held in: the GPU's own, else main memory. */
export type ForecastDevice = {
  kind: 'cpu' | 'cuda'
  label: string
  /** GPUs of the machine, or cores where it has none: a run has no more processes on it. */
  places: number
  bytes: number
  /** Not taken by others now. */
  freeBytes: number
  hasNativeBfloat16: boolean
  hasBitsandbytes: boolean
}

/** The pairs of a dataset version in tokens: a sample of them, evenly taken, and how many there are. */
export type Lengths = {
  sample: readonly { prompt: number; answer: number }[]
  /** Of the longest pair of all, prompt and answer. */
  longest: number
  trainingPairs: number
  validationPairs: number
  /** Whether every pair was counted, or only the sample. */
  counted: boolean
}

export type ForecastOrder = { model: Architecture; settings: ForecastSettings; device: ForecastDevice; lengths: Lengths }

export type Precision = 'float32' | 'bfloat16' | 'float16'

/** How many processes a run has on a machine: as many as its settings say, or as there are places where those are fewer. */
export function processesOn({ places }: Pick<ForecastDevice, 'places'>, devices: number): number {
  return Math.max(1, Math.min(devices, places))
}

/** What auto stands for on this device, as precision_of of base_model.py decides. */
export function precisionOn(device: ForecastDevice, asked: ForecastSettings['precision']): Precision {
  return asked === 'auto' ? (device.hasNativeBfloat16 ? 'bfloat16' : 'float32') : asked
}

/** The largest pass that a run can meet: its rows, and the tokens of the longest. Packed, a pass is one row of a step's pairs. */
export function largestPass({ settings, lengths }: Pick<ForecastOrder, 'settings' | 'lengths'>): { rows: number; rowTokens: number } {
  const { batchSize, accumulation, maxLength, packing } = settings
  const longest = Math.min(maxLength, lengths.longest)
  return packing ? { rows: 1, rowTokens: Math.min(maxLength, batchSize * accumulation * longest) } : { rows: batchSize, rowTokens: longest }
}
