import { forecastMemory } from '@/lib/forecast/memory'
import { type ForecastDevice, type ForecastOrder, type ForecastSettings, largestPass } from '@/lib/forecast/order'

export type ResolvedSettings = ForecastSettings & { gradientCheckpointing: 'on' | 'off' }

/** Of the memory that is free, so much is the trainer's to plan with: the forecast may err by some. */
const planned = 0.9
/** Rows beyond so many tokens are no faster, only larger. */
const enoughTokens = { cpu: 4096, cuda: 65_536 }

/** Bytes that a run may take on this device. */
export function limitOf(device: ForecastDevice): number {
  return Math.min(device.bytes, device.freeBytes) * planned
}

/**
 * The settings with auto and fitBatch decided for this device: recomputing only where it would not fit otherwise, and of
 * the divisions of batch × accumulation the one with the most pairs a pass that fits and is still worth it.
 */
export function resolved(order: ForecastOrder): ResolvedSettings {
  const { settings } = order
  const fixed = settings.gradientCheckpointing
  const ways: readonly ('on' | 'off')[] = fixed === 'auto' ? ['off', 'on'] : [fixed]
  // A packed pass is as long as its maximum, however a step is divided.
  const batches = settings.fitBatch && !settings.packing ? divisions(order) : [settings]
  for (const gradientCheckpointing of ways) {
    for (const { batchSize, accumulation } of batches) {
      const tried = { ...settings, batchSize, accumulation, gradientCheckpointing }
      if (fits({ ...order, settings: tried })) return tried
    }
  }
  const { batchSize, accumulation } = batches.at(-1) ?? settings
  return { ...settings, batchSize, accumulation, gradientCheckpointing: ways.at(-1) ?? 'on' }
}

/** Whether a run of these settings, decided, finds room. */
export function fits(order: ForecastOrder): boolean {
  return forecastMemory(order).total <= limitOf(order.device)
}

/** All (batch, accumulation) of the same product, the largest batch that is worth it first. */
function divisions(order: ForecastOrder): { batchSize: number; accumulation: number }[] {
  const { settings, device } = order
  const product = settings.batchSize * settings.accumulation
  const most = Math.max(1, Math.floor(enoughTokens[device.kind] / Math.max(1, largestPass(order).rowTokens)))
  return Array.from({ length: Math.min(product, 256) }, (_, index) => index + 1)
    .filter((batchSize) => product % batchSize === 0 && product / batchSize <= 1024)
    .filter((batchSize, index, all) => batchSize <= most || index === 0 || all.length === 1)
    .map((batchSize) => ({ batchSize, accumulation: product / batchSize }))
    .reverse()
}
