import type { ErrorCode } from '@/lib/error-sentences'
import { MolianError, type ErrorParams } from '@/lib/errors'
import type { TrainingSettings } from '@/lib/settings/training'
import type { Device } from '@/gpu-worker/device'

type Advised = Pick<TrainingSettings, 'batchSize' | 'accumulation' | 'gradientCheckpointing' | 'maxLength' | 'devices'>

/** Shorter than this, little of a passage would be left. */
const shortest = 256

/**
 * Where a run ended for want of memory, the same error with the change of settings that costs the least beside it; any
 * other error as it is. `settings`: as they were given to the trainer, what is left to the forecast decided.
 */
export function withMemoryAdvice(error: unknown, settings: Advised, device: Pick<Device, 'kind'>): unknown {
  if (!(error instanceof MolianError)) return error
  const code = wants(error.code)
  return code ? new MolianError(code, { ...error.params, ...adviceFor(settings, device) }, { cause: error }) : error
}

function wants(code: ErrorCode): ErrorCode | null {
  switch (code) {
    case 'process.killed':
      return 'training.killed'
    case 'training.out-of-memory':
    case 'training.rank-killed':
      return code
    default:
      return null
  }
}

/** What changes nothing in the result comes first. */
function adviceFor(settings: Advised, device: Pick<Device, 'kind'>): ErrorParams & { problem: ErrorCode } {
  const { batchSize, accumulation, gradientCheckpointing, maxLength, devices } = settings
  if (device.kind === 'cpu' && devices > 1) return { problem: 'training.try-fewer-devices', devices }
  if (batchSize > 1) return { problem: 'training.try-smaller-batch', ...smallerBatch(batchSize, accumulation) }
  if (gradientCheckpointing !== 'on') return { problem: 'training.try-checkpointing' }
  if (maxLength > shortest) return { problem: 'training.try-shorter', length: maxLength, shorter: Math.max(shortest, Math.floor(maxLength / 128) * 64) }
  return { problem: 'training.try-smaller-model' }
}

/** Half the pairs at once or fewer, the product unchanged. */
function smallerBatch(batchSize: number, accumulation: number): { batch: number; accumulation: number } {
  const product = batchSize * accumulation
  const fits = (size: number) => product % size === 0 && product / size <= 1024
  const batch = Array.from({ length: Math.floor(batchSize / 2) }, (_, index) => Math.floor(batchSize / 2) - index).find(fits) ?? Math.max(1, Math.floor(batchSize / 2))
  return { batch, accumulation: Math.min(1024, Math.ceil(product / batch)) }
}
