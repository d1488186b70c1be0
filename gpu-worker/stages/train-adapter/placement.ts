import { env } from '@/lib/env'
import { MolianError } from '@/lib/errors'
import { processesOn } from '@/lib/forecast/order'
import type { Attempt } from '@/lib/queue/attempt'
import type { TrainingSettings } from '@/lib/settings/training'
import type { Device } from '@/gpu-worker/device'

/** In the trainer's words: how many processes a machine, how many machines, and where the others reach this one. */
export type Placement = { processes: number; machines: number; main_address: string; main_port: number }

/**
 * Where a run's processes are: as its settings say, or on as many devices as this machine has where those are fewer, which
 * changes nothing but the time. Throws training.no-main-address.
 */
export function placementOf(settings: Pick<TrainingSettings, 'devices' | 'machines'>, device: Pick<Device, 'kind' | 'gpus' | 'cores'>, attempt: Pick<Attempt, 'log'>): Placement {
  const { devices, machines } = settings
  const here = device.kind === 'cuda' ? device.gpus : device.cores.length
  const processes = processesOn({ places: here }, devices)
  if (processes < devices) attempt.log('worker', `This machine has ${here} ${device.kind === 'cuda' ? 'GPUs' : 'cores'}: the run goes over ${processes}, not ${devices}`)
  if (machines === 1) return { processes, machines, main_address: '', main_port: 0 }
  const { mainAddress, mainPort } = env()
  if (!mainAddress) throw new MolianError('training.no-main-address', { machines })
  return { processes, machines, main_address: mainAddress, main_port: mainPort }
}
