import { env } from '@/lib/env'
import { MolianError } from '@/lib/errors'
import { forecastSpace } from '@/lib/forecast/checkpoints'
import { readArchitecture } from '@/lib/forecast/read-architecture'
import { freeDiskOf } from '@/lib/free-disk'
import type { Device } from '@/lib/generated/prisma/client'
import type { TrainingSettings } from '@/lib/settings/training'

/** Refuses what this device cannot do: training.needs-nvidia, training.needs-bitsandbytes. Of an unknown device nothing is refused. */
export function refuseForDevice(settings: Pick<TrainingSettings, 'method' | 'precision'>, device: Pick<Device, 'kind' | 'hasBitsandbytes'> | null): void {
  if (!device) return
  const isGpu = device.kind === 'cuda'
  if (settings.precision === 'float16' && !isGpu) throw new MolianError('training.needs-nvidia', { setting: 'float16' })
  if (settings.method !== 'qlora') return
  if (!isGpu) throw new MolianError('training.needs-nvidia', { setting: 'QLoRA' })
  if (!device.hasBitsandbytes) throw new MolianError('training.needs-bitsandbytes')
}

/** Refuses a run whose checkpoints the disk of the home has no room for: training.no-space, in bytes. */
export async function refuseWithoutSpace(directory: string, settings: TrainingSettings, pairs: { trainingPairs: number; validationPairs: number }): Promise<void> {
  const [model, free] = await Promise.all([readArchitecture(directory), freeDiskOf(env().home)])
  if (!model || free === null) return
  const { total } = forecastSpace({ model, settings, lengths: pairs })
  if (total > free) throw new MolianError('training.no-space', { needed: megabytes(total), free: megabytes(free) })
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6)
}
