import { type Projection, projections } from '@/lib/settings/training-choices'

/** What a forecast needs to know of a decoder; numbers of its config.json. */
export type Architecture = {
  family: string
  layers: number
  hidden: number
  intermediate: number
  heads: number
  keyValueHeads: number
  headDimension: number
  vocabulary: number
  /** Whether the head's weights are the embedding's. */
  tied: boolean
  /** Norms a layer: two, or four where what a part gives is normed too (Gemma 2 and 3). */
  norms: 2 | 4
  /** Whether queries and keys have norms of their own. */
  normsQueries: boolean
  /** Tokens that a layer of short sight attends to; null where every layer sees all. */
  window: number | null
}

/** [inputs, outputs] of one of a layer's linear projections. */
export function projectionShape(model: Architecture, projection: Projection): readonly [number, number] {
  const { hidden, intermediate } = model
  const queries = model.heads * model.headDimension
  const keys = model.keyValueHeads * model.headDimension
  switch (projection) {
    case 'q_proj':
      return [hidden, queries]
    case 'k_proj':
    case 'v_proj':
      return [hidden, keys]
    case 'o_proj':
      return [queries, hidden]
    case 'gate_proj':
    case 'up_proj':
      return [hidden, intermediate]
    case 'down_proj':
      return [intermediate, hidden]
  }
}

/** Parameters of all layers' projections: what is multiplied for every token. */
export function projectionParameters(model: Architecture): number {
  return model.layers * projections.reduce((sum, name) => sum + product(projectionShape(model, name)), 0)
}

/** Parameters of the embedding, and of the head where it has weights of its own. */
export function vocabularyParameters(model: Architecture): number {
  return model.vocabulary * model.hidden * (model.tied ? 1 : 2)
}

/** Parameters that learn: A and B of every target, and DoRA's magnitudes. */
export function adapterParameters(model: Architecture, settings: { rank: number; method: string; targets: readonly Projection[] }): number {
  const each = settings.targets.map((name) => {
    const [inputs, outputs] = projectionShape(model, name)
    return settings.rank * (inputs + outputs) + (settings.method === 'dora' ? outputs : 0)
  })
  return model.layers * each.reduce((sum, parameters) => sum + parameters, 0)
}

function product([inputs, outputs]: readonly [number, number]): number {
  return inputs * outputs
}
