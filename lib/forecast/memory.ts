import { maskNumbers, passingPerToken, savedPerToken } from '@/lib/forecast/activations'
import { adapterParameters, projectionParameters, vocabularyParameters } from '@/lib/forecast/architecture'
import { calibration } from '@/lib/forecast/calibration'
import { type ForecastOrder, longestRow, type Precision, precisionOn } from '@/lib/forecast/order'

export const memoryParts = ['process', 'weights', 'adapter', 'optimiser', 'activations', 'logits'] as const

export type MemoryPart = (typeof memoryParts)[number]

export type MemoryForecast = {
  /** Bytes at the peak, in the memory that training is held in. */
  parts: Record<MemoryPart, number>
  total: number
  /** What the arithmetic went by. */
  reckoned: { precision: Precision; adapterParameters: number; rows: number; rowTokens: number; numbersPerToken: number; recomputes: boolean }
}

/** A NormalFloat4 with its doubly quantised constant: 4 bits and 0.127 (arXiv:2305.14314, section 3). */
const bytesOfFourBits = 4.127 / 8
/** Logits at once, as LOGITS of frozen_head_loss.py, and how many such blocks live together. */
const logitsAtOnce = { cpu: 2 ** 21, cuda: 2 ** 26 }
const logitBlocks = 3

/** The memory of a training at its peak: the longest row of the largest pass, just before it is gone through backwards. */
export function forecastMemory(order: ForecastOrder): MemoryForecast {
  const { model, settings, device } = order
  const precision = precisionOn(device, settings.precision)
  const bytes = precision === 'float32' ? 4 : 2
  const measured = calibration[device.kind]
  const projections = projectionParameters(model)
  const learning = adapterParameters(model, settings)
  const recomputes = settings.gradientCheckpointing === 'on'
  const rows = settings.batchSize
  const rowTokens = longestRow(order)
  const tokens = rows * rowTokens

  const perLayer = savedPerToken({ model, settings, kind: device.kind })
  // Recomputed, a layer keeps what it was given, and one layer at a time everything.
  const numbersPerToken = recomputes ? model.layers * model.hidden + perLayer : model.layers * perLayer
  const passing = passingPerToken(model) * measured.passing
  const masks = maskNumbers(model, rowTokens) / (recomputes ? model.layers : 1)
  const half = bytes === 2 ? measured.half : 1
  const activations = (tokens * (numbersPerToken * measured.saved + passing) + masks) * 4 * half

  const weights = (settings.method === 'qlora' ? projections * bytesOfFourBits : projections * bytes) + vocabularyParameters(model) * bytes
  const parts = {
    process: measured.process,
    weights: weights * measured.weights,
    // Weights and gradients of the adapter, and AdamW's two moments: float32 whatever the base is.
    adapter: learning * 8,
    optimiser: learning * 8,
    activations,
    logits: Math.min(logitsAtOnce[device.kind], tokens * model.vocabulary) * 4 * logitBlocks,
  }
  const total = memoryParts.reduce((sum, part) => sum + parts[part], 0)
  return { parts, total, reckoned: { precision, adapterParameters: learning, rows, rowTokens, numbersPerToken, recomputes } }
}
