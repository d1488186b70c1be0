import { adapterParameters, type Architecture, projectionParameters } from '@/lib/forecast/architecture'
import type { ForecastSettings } from '@/lib/forecast/order'

/** Floating point operations of a pass, forwards alone and both ways. */
export type Work = { forward: number; both: number }

type Tokens = {
  /** Gone through, pads among them. */
  through: number
  /** In the loss. */
  answer: number
  /** Of the row that attention looks over. */
  rowLength: number
}

/**
 * Two operations a parameter and token forwards and, the base being frozen, two backwards: four where all weights learn
 * (arXiv:2001.08361, section 2.1). The adapter takes six. Attention: scores and sums over half of the row, twice that
 * backwards. The head meets answers alone, and its gradient is made with the loss.
 */
export function workOf(model: Architecture, settings: Pick<ForecastSettings, 'rank' | 'method' | 'targets' | 'gradientCheckpointing'>, tokens: Tokens): Work {
  const adapter = adapterParameters(model, settings)
  const attention = 2 * model.layers * model.heads * model.headDimension * tokens.rowLength
  const forward = tokens.through * (2 * projectionParameters(model) + 2 * adapter + attention) + tokens.answer * 2 * model.vocabulary * model.hidden
  const backward = tokens.through * (2 * projectionParameters(model) + 4 * adapter + 2 * attention) + tokens.answer * 2 * model.vocabulary * model.hidden
  const again = settings.gradientCheckpointing === 'on' ? tokens.through * (2 * projectionParameters(model) + 2 * adapter + attention) : 0
  return { forward, both: forward + backward + again }
}
