import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { quickDrawer } from '@/lib/draw'

const configSchema = z.object({ hidden_size: z.number(), num_hidden_layers: z.number(), num_attention_heads: z.number(), num_key_value_heads: z.number() })

/** A LoRA adapter of rank 4 for a small model, random and strong, so that it surely writes otherwise than its base; as PEFT saves one. */
export function smallAdapter(model: string, directory: string, seed: number): string {
  const { hidden_size: hidden, num_hidden_layers: layers, num_attention_heads: heads, num_key_value_heads: keyHeads } = configSchema.parse(JSON.parse(readFileSync(join(model, 'config.json'), 'utf8')))
  const rank = 4
  const random = quickDrawer(seed)
  const parts: Buffer[] = []
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } }
  let end = 0
  for (let layer = 0; layer < layers; layer += 1) {
    for (const [module, out] of [['q_proj', hidden], ['v_proj', (hidden / heads) * keyHeads]] as const) {
      for (const [half, shape] of [['lora_A', [rank, hidden]], ['lora_B', [out, rank]]] as const) {
        const values = Float32Array.from({ length: shape[0] * shape[1] }, () => random() - 0.5)
        header[`base_model.model.model.layers.${layer}.self_attn.${module}.${half}.weight`] = { dtype: 'F32', shape, data_offsets: [end, end + values.byteLength] }
        end += values.byteLength
        parts.push(Buffer.from(values.buffer))
      }
    }
  }
  const json = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'adapter_model.safetensors'), Buffer.concat([length, json, ...parts]))
  const config = { peft_type: 'LORA', task_type: 'CAUSAL_LM', base_model_name_or_path: model, r: rank, lora_alpha: 64, lora_dropout: 0, bias: 'none', target_modules: ['q_proj', 'v_proj'], use_rslora: false, use_dora: false, modules_to_save: null, rank_pattern: {} }
  writeFileSync(join(directory, 'adapter_config.json'), JSON.stringify(config))
  return directory
}
