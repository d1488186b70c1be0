import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { safetensors } from '@/tests/support/safetensors'
import { writeModelFolder } from '@/tests/support/model-folder'

/** A base of two layers whose shapes an adapter can be checked against: hidden 8, key and value 4. */
export function writeBaseFolder(directory: string, hidden = 8): string {
  writeModelFolder(directory)
  const shapes: Record<string, number[]> = { 'model.embed_tokens.weight': [16, hidden], 'model.norm.weight': [hidden] }
  for (const layer of [0, 1]) {
    shapes[`model.layers.${layer}.self_attn.q_proj.weight`] = [hidden, hidden]
    shapes[`model.layers.${layer}.self_attn.v_proj.weight`] = [4, hidden]
  }
  writeFileSync(join(directory, 'model.safetensors'), safetensors(shapes))
  return directory
}

export type AdapterParts = { config: unknown; shapes: Record<string, number[]> }

/** A LoRA adapter of rank 2 for that base, as PEFT saves one. */
export function adapterParts(changes: Record<string, unknown> = {}, rank = 2): AdapterParts {
  const shapes: Record<string, number[]> = {}
  for (const layer of [0, 1]) {
    for (const [module, out] of [['q_proj', 8], ['v_proj', 4]] as const) {
      const name = `base_model.model.model.layers.${layer}.self_attn.${module}`
      shapes[`${name}.lora_A.weight`] = [rank, 8]
      shapes[`${name}.lora_B.weight`] = [out, rank]
    }
  }
  const config = {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: 'someone/tiny',
    r: rank,
    lora_alpha: 4,
    lora_dropout: 0.1,
    bias: 'none',
    target_modules: ['q_proj', 'v_proj'],
    rank_pattern: {},
    loftq_config: {},
    layer_replication: null,
    use_rslora: true,
    auto_mapping: { base_model_class: 'X', parent_library: 'os' },
    revision: null,
    ...changes,
  }
  return { config, shapes }
}

/** Writes them as the two files of a folder. */
export function writeAdapter(directory: string, { config, shapes }: AdapterParts): string {
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'adapter_config.json'), JSON.stringify(config))
  writeFileSync(join(directory, 'adapter_model.safetensors'), safetensors(shapes))
  return directory
}
