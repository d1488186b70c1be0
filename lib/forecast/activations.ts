import { type Architecture, projectionShape } from '@/lib/forecast/architecture'
import type { ForecastDevice, ForecastSettings } from '@/lib/forecast/order'
import { projections } from '@/lib/settings/training-choices'

type Adapter = Pick<ForecastSettings, 'method' | 'rank' | 'dropout' | 'targets'>
type Order = { model: Architecture; settings: Adapter; kind: ForecastDevice['kind']; half: boolean }

/**
 * Bytes that one layer keeps of one token for the backward pass, as autograd saves them (counted through its
 * saved_tensors_hooks; the tests hold this to the counts). The base is frozen, so a projection keeps its input only where
 * an adapter learns from it. In half precision matrices' inputs and outputs have two bytes, norms go on in float32.
 */
export function savedPerToken({ model, settings, kind, half }: Order): number {
  const bytes = half ? 2 : 4
  const queries = model.heads * model.headDimension
  const keys = model.keyValueHeads * model.headDimension
  const ofNorms = (model.norms * model.hidden + (model.normsQueries ? queries + keys : 0)) * 4
  // What attention is made of and gives, and one number a head of how its shares were scaled.
  const ofAttention = 2 * (queries + keys) * bytes + 8 * model.heads
  // What the gate and the other projection give, and the gate's activation.
  const ofGates = 3 * model.intermediate * bytes
  return ofNorms + ofAttention + ofGates + ofAdapters({ model, settings, kind, half })
}

function ofAdapters({ model, settings: { method, rank, dropout, targets }, kind, half }: Order): number {
  const bytes = half ? 2 : 4
  const inputs = targets.reduce((sum, target) => sum + projectionShape(model, target)[0], 0)
  const outputs = targets.reduce((sum, target) => sum + projectionShape(model, target)[1], 0)
  // adapted_linear.py keeps an input once for all that share it, the output projection's attention keeps anyway, and
  // with dropout a mask for each; PEFT, whose layers DoRA and QLoRA are, keeps a cast or dropped copy for each.
  const isPlain = method === 'lora' || method === 'rslora'
  const isCopied = !isPlain && (half || dropout > 0)
  const learnedFrom = (isCopied ? inputs : sharedInputs(model, targets)) * bytes
  const dropped = dropout === 0 ? 0 : inputs * (isPlain ? bytes : kind === 'cpu' ? 4 : 1)
  // DoRA keeps four numbers of every output: the base's, the adapter's, and both scaled by the magnitude.
  const ofMagnitudes = method === 'dora' ? 4 * outputs * bytes : 0
  return learnedFrom + dropped + ofMagnitudes + rank * targets.length * bytes
}

function sharedInputs(model: Architecture, targets: readonly string[]): number {
  const has = (...names: readonly string[]) => targets.some((target) => names.includes(target))
  const hidden = (has('q_proj', 'k_proj', 'v_proj') ? 1 : 0) + (has('gate_proj', 'up_proj') ? 1 : 0)
  return hidden * model.hidden + (has('down_proj') ? model.intermediate : 0)
}

/**
 * Numbers that the layers keep of a pass's masks, all together: each a row of its own where rows have pads, as rows of a
 * pass nearly always do; of a row alone only those whose sight is shorter than it.
 */
export function maskNumbers(model: Architecture, rows: number, length: number): number {
  const isLong = model.window !== null && length >= model.window
  return (rows > 1 ? rows : isLong ? 1.75 : 0) * model.layers * length * length
}

/** Outputs of a layer's projections together: the largest things that come and go while a token passes. */
export function passingPerToken(model: Architecture): number {
  return projections.reduce((sum, name) => sum + projectionShape(model, name)[1], 0)
}
