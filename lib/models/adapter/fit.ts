import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { MolianError } from '@/lib/errors'
import type { AdapterConfig } from '@/lib/models/adapter/config'
import { readTensors, type Tensor } from '@/lib/models/safetensors'

const prefix = 'base_model.model.'
// As PEFT names them: the module's own name, then the part of the adapter.
const loraName = /^(.+)\.(lora_A|lora_B|lora_embedding_A|lora_embedding_B|lora_magnitude_vector)(?:\.default)?(?:\.weight)?$/

type Parts = { module: string; parts: Map<string, number[]> }

/**
 * Proves by names and shapes alone that an adapter is for this base: each module that it changes is there, with the sides that its
 * matrices have, and is one that its configuration names. Returns the rank of each changed module. Throws adapter.damaged,
 * adapter.empty, adapter.unknown-tensor, adapter.other-base, adapter.other-rank, adapter.other-module.
 */
export function requireFit(name: string, config: AdapterConfig, adapter: ReadonlyMap<string, Tensor>, base: BaseShapes): Map<string, number> {
  const changed = new Map<string, Parts>()
  for (const [tensor, { shape }] of adapter) {
    const own = tensor.startsWith(prefix) ? tensor.slice(prefix.length) : tensor
    const [, module, part] = loraName.exec(own) ?? []
    if (module !== undefined && part !== undefined) {
      const known = changed.get(module) ?? { module, parts: new Map<string, number[]>() }
      known.parts.set(part, shape)
      changed.set(module, known)
    } else requireSaved(name, config, own, shape, base)
  }
  if (changed.size === 0) throw new MolianError('adapter.empty', { name })
  const ranks = new Map([...changed.values()].map((each) => [each.module, rankOf(name, config, each, base)]))
  if (![...ranks.values()].includes(config.r)) throw new MolianError('adapter.other-rank', { name, module: [...ranks.keys()][0] ?? '', rank: [...ranks.values()][0] ?? 0, said: config.r })
  return ranks
}

function rankOf(name: string, config: AdapterConfig, { module, parts }: Parts, base: BaseShapes): number {
  const { target_modules: targets } = config
  if (Array.isArray(targets) && !targets.some((target) => module === target || module.endsWith(`.${target}`))) throw new MolianError('adapter.other-module', { name, module, said: targets.join(', ').slice(0, 300) })
  const isEmbedding = parts.has('lora_embedding_A')
  const [a, b] = isEmbedding ? [parts.get('lora_embedding_A'), parts.get('lora_embedding_B')] : [parts.get('lora_A'), parts.get('lora_B')]
  if (a?.length !== 2 || b?.length !== 2) throw new MolianError('adapter.damaged', { name, tensor: module })
  const weight = base.shapeOf(module)
  if (weight === null) throw new MolianError('adapter.other-base', { name, base: base.name, module, has: '–', wants: sides(b[0], a[1]) })
  // An embedding's and, in some families, a projection's weight stands as [in, out].
  const [out, into] = isEmbedding || config.fan_in_fan_out ? [weight[1], weight[0]] : [weight[0], weight[1]]
  if (weight.length !== 2 || a[1] !== into || b[0] !== out) throw new MolianError('adapter.other-base', { name, base: base.name, module, has: sides(out, into), wants: sides(b[0], a[1]) })
  const magnitude = parts.get('lora_magnitude_vector')
  if (config.use_dora && magnitude === undefined) throw new MolianError('adapter.damaged', { name, tensor: module })
  if (magnitude !== undefined && !magnitude.includes(out ?? -1)) throw new MolianError('adapter.damaged', { name, tensor: module })
  const [rank = 0] = a
  if (rank !== b[1] || rank === 0) throw new MolianError('adapter.damaged', { name, tensor: module })
  return rank
}

/** A whole module that was trained along must be one that is to be saved, and of the base's own shape. */
function requireSaved(name: string, config: AdapterConfig, tensor: string, shape: readonly number[], base: BaseShapes): void {
  const module = tensor.replace(/\.(weight|bias)$/, '').replace('.modules_to_save', '')
  const isNamed = (config.modules_to_save ?? []).some((each) => module === each || module.endsWith(`.${each}`))
  const isBiasOrWeight = tensor !== module
  if (!isNamed || !isBiasOrWeight) throw new MolianError('adapter.unknown-tensor', { name, tensor: tensor.slice(0, 200) })
  const own = base.shapeOf(module)
  if (own === null || (tensor.endsWith('.weight') && own.join() !== shape.join())) throw new MolianError('adapter.other-base', { name, base: base.name, module, has: own === null ? '–' : sides(...own), wants: sides(...shape) })
}

function sides(...shape: readonly (number | undefined)[]): string {
  return shape.map((side) => side ?? '?').join(' × ')
}

/** The shapes of a base model's weights, by the module that each belongs to. */
export class BaseShapes {
  private readonly byTail = new Map<string, number[] | null>()

  constructor(
    readonly name: string,
    private readonly tensors: ReadonlyMap<string, Tensor>,
  ) {
    for (const [tensor, { shape }] of tensors) {
      const tail = tailOf(tensor)
      // Two modules of one tail (a picture's layers beside a text's) say nothing.
      if (tail !== null) this.byTail.set(tail, this.byTail.has(tail) ? null : shape)
    }
  }

  /** Reads the headers of a model's weight files. Throws model.damaged. */
  static async of(name: string, directory: string): Promise<BaseShapes> {
    const all = new Map<string, Tensor>()
    for (const file of (await readdir(directory)).filter((each) => each.endsWith('.safetensors'))) {
      const tensors = await readTensors(path.join(directory, file))
      if (tensors === null) throw new MolianError('model.damaged', { path: directory, file })
      for (const [tensor, what] of tensors) all.set(tensor, what)
    }
    return new BaseShapes(name, all)
  }

  /** Of a module's weight; by the end of its name where files and classes name what is before the layers differently. */
  shapeOf(module: string): readonly number[] | null {
    const own = this.tensors.get(`${module}.weight`)
    if (own) return own.shape
    // Where the head is the embedding, the files hold it once.
    if (module === 'lm_head') return this.shapeOf('model.embed_tokens')
    const tail = tailOf(`${module}.weight`)
    return (tail === null ? null : this.byTail.get(tail)) ?? null
  }
}

function tailOf(tensor: string): string | null {
  const at = tensor.search(/(?:^|\.)(?:layers|h|blocks)\.\d+\./)
  return at < 0 ? null : tensor.slice(at).replace(/^\./, '')
}
