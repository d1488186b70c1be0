import { type Architecture, projectionShape } from '@/lib/forecast/architecture'
import type { ForecastDevice, ForecastSettings } from '@/lib/forecast/order'
import { projections } from '@/lib/settings/training-choices'

type Order = { model: Architecture; settings: Pick<ForecastSettings, 'method' | 'rank' | 'dropout' | 'targets'>; kind: ForecastDevice['kind'] }

/**
 * Numbers that one layer keeps of one token for the backward pass, counted from what autograd saves (bench/forecast.ts
 * counts them again). The base is frozen, so a projection keeps its input only where an adapter learns from it.
 */
export function savedPerToken({ model, settings, kind }: Order): number {
  const { hidden, intermediate } = model
  const queries = model.heads * model.headDimension
  const keys = model.keyValueHeads * model.headDimension
  const ofNorms = model.norms * hidden
  // What attention is made of and gives; before their own norms too, where queries and keys have these.
  const ofAttention = (queries + keys) * (model.normsQueries ? 3 : 2) + 2 * model.heads
  // What the gate and the other projection give, and the gate's activation.
  const ofGates = 3 * intermediate
  return ofNorms + ofAttention + ofGates + ofAdapters(model, settings, kind)
}

function ofAdapters(model: Architecture, { method, rank, dropout, targets }: Order['settings'], kind: Order['kind']): number {
  const has = (...names: readonly string[]) => targets.some((target) => names.includes(target))
  // Without dropout, projections with one input share it, and the output projection's is what attention keeps anyway.
  const shared = (has('q_proj', 'k_proj', 'v_proj') ? model.hidden : 0) + (has('gate_proj', 'up_proj') ? model.hidden : 0) + (has('down_proj') ? model.intermediate : 0)
  // A dropped copy of each input, and its mask: a number on the CPU, a byte on a GPU.
  const dropped = targets.reduce((sum, target) => sum + projectionShape(model, target)[0], 0) * (kind === 'cpu' ? 2 : 1.25)
  // DoRA keeps four numbers of every output: the base's, the adapter's, and both scaled by the magnitude.
  const ofMagnitudes = method === 'dora' ? 4 * targets.reduce((sum, target) => sum + projectionShape(model, target)[1], 0) : 0
  return (dropout > 0 ? dropped : shared) + ofMagnitudes + rank * targets.length
}

/** Numbers that a layer whose sight is shorter than the row keeps of the row's mask, for the whole pass. */
export function maskNumbers(model: Architecture, length: number): number {
  return model.window !== null && length >= model.window ? 1.75 * model.layers * length * length : 0
}

/** Outputs of a layer's projections together: the largest things that come and go while a token passes. */
export function passingPerToken(model: Architecture): number {
  return projections.reduce((sum, name) => sum + projectionShape(model, name)[1], 0)
}
