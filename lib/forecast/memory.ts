import { maskNumbers, passingPerToken, savedPerToken } from '@/lib/forecast/activations'
import { adapterParameters, projectionParameters, vocabularyParameters } from '@/lib/forecast/architecture'
import { calibration } from '@/lib/forecast/calibration'
import { type ForecastOrder, largestPass, type Precision, precisionOn, processesOn } from '@/lib/forecast/order'

export const memoryParts = ['process', 'weights', 'adapter', 'optimiser', 'activations', 'logits'] as const

export type MemoryPart = (typeof memoryParts)[number]

export type MemoryForecast = {
  /** Bytes at the peak, in the memory that training is held in. */
  parts: Record<MemoryPart, number>
  total: number
  /** What the arithmetic went by. */
  reckoned: { precision: Precision; adapterParameters: number; rows: number; rowTokens: number; bytesPerToken: number; recomputes: boolean; processes: number }
}

/** Bytes as the arithmetic has them, before calibration.ts says how much of each a real process holds. */
export type MemoryTerms = { weights: number; adapter: number; optimiser: number; saved: number; passing: number; logits: number; reckoned: MemoryForecast['reckoned'] }

/** A NormalFloat4 with its doubly quantised constant: 4 bits and 0.127 (arXiv:2305.14314, section 3). */
const bytesOfFourBits = 4.127 / 8
/** Logits at once, as LOGITS of frozen_head_loss.py, and how many such blocks live together. */
const logitsAtOnce = { cpu: 2 ** 21, cuda: 2 ** 26 }
const logitBlocks = 3
/** Of a padded pass's masks, so many come and go on a CPU besides those that layers keep; seen where these are most of all. */
const maskCopies = 8

/** The memory of a training at its peak: the longest row of the largest pass, just before it is gone through backwards. */
export function forecastMemory(order: ForecastOrder): MemoryForecast {
  const { adapter, optimiser, logits, reckoned, ...terms } = memoryTerms(order)
  const held = calibration[order.device.kind]
  // Processes that share a run each hold all of it: on a CPU in the same memory, of GPUs each in its own.
  const { processes } = reckoned
  const parts = {
    process: held.process * processes,
    weights: terms.weights * held.weights * processes,
    adapter: adapter * processes,
    optimiser: optimiser * processes,
    activations: (terms.saved * held.saved[reckoned.precision === 'float32' ? 'float32' : 'half'] + terms.passing * held.passing) * processes,
    logits: logits * processes,
  }
  return { parts, total: memoryParts.reduce((sum, part) => sum + parts[part], 0), reckoned }
}

/** What a training is made of, in bytes. */
export function memoryTerms(order: ForecastOrder): MemoryTerms {
  const { model, settings, device } = order
  const precision = precisionOn(device, settings.precision)
  const bytes = precision === 'float32' ? 4 : 2
  const projections = projectionParameters(model)
  const learning = adapterParameters(model, settings)
  const recomputes = settings.gradientCheckpointing === 'on'
  const { rows, rowTokens } = largestPass(order)
  const tokens = rows * rowTokens
  const perLayer = savedPerToken({ model, settings, kind: device.kind, half: bytes === 2 })
  // Recomputed, a layer keeps what it was given, and one layer at a time everything.
  const bytesPerToken = recomputes ? model.layers * model.hidden * 4 + perLayer : model.layers * perLayer
  const copies = device.kind === 'cpu' && rows > 1 ? maskCopies * rows * rowTokens ** 2 : 0
  const masks = maskNumbers(model, rows, rowTokens) / (recomputes ? model.layers : 1) + copies
  return {
    weights: (settings.method === 'qlora' ? projections * bytesOfFourBits : projections * bytes) + vocabularyParameters(model) * bytes,
    // Weights and gradients of the adapter, and AdamW's two moments: float32 whatever the base is.
    adapter: learning * 8,
    optimiser: learning * 8,
    saved: tokens * bytesPerToken + masks * bytes,
    passing: tokens * passingPerToken(model) * bytes,
    logits: Math.min(logitsAtOnce[device.kind], tokens * model.vocabulary) * 4 * logitBlocks,
    reckoned: { precision, adapterParameters: learning, rows, rowTokens, bytesPerToken, recomputes, processes: device.kind === 'cpu' ? processesOn(device, settings.devices) : 1 },
  }
}
