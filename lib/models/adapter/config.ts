import { z } from 'zod'
import { MolianError } from '@/lib/errors'

// PEFT takes such names for regular expressions: only plain ones go on to it.
const plain = z.string().regex(/^[\w.-]{1,300}$/)

// The settings of a LoRA adapter that are known here; whatever else a file holds is not written on.
const known = z.looseObject({
  peft_type: z.string(),
  task_type: z.string().nullish(),
  base_model_name_or_path: z.string().max(500).nullish().catch(null),
  r: z.int().min(1).max(4_096),
  lora_alpha: z.number().positive(),
  lora_dropout: z.number().min(0).max(1).default(0),
  target_modules: z.union([z.string(), z.array(z.string())]).nullish(),
  modules_to_save: z.array(plain).max(100).nullish(),
  alpha_pattern: z.record(plain, z.number().positive()).nullish(),
  bias: z.string().default('none'),
  fan_in_fan_out: z.boolean().default(false),
  use_rslora: z.boolean().default(false),
  use_dora: z.boolean().default(false),
})

/** Kinds of adapters and features that no one here can merge, or that change the base itself. */
const foreign = ['megatron_config', 'layer_replication', 'trainable_token_indices', 'target_parameters', 'alora_invocation_tokens', 'arrow_config', 'use_qalora', 'lora_bias', 'loftq_config']

export type AdapterConfig = Pick<z.infer<typeof known>, 'base_model_name_or_path' | 'r' | 'lora_alpha' | 'lora_dropout' | 'target_modules' | 'modules_to_save' | 'alpha_pattern' | 'fan_in_fan_out' | 'use_rslora' | 'use_dora'>

/** What the row of an import keeps of it. */
export const describedAdapter = z.object({
  method: z.enum(['lora', 'rslora', 'dora']),
  rank: z.number(),
  alpha: z.number(),
  modules: z.array(z.string()),
  namedBase: z.string().nullable(),
})
export type DescribedAdapter = z.infer<typeof describedAdapter>

/**
 * An adapter's configuration, checked. Throws adapter.bad-config, adapter.not-lora for another method, and adapter.feature for
 * what cannot be merged here.
 */
export function parseAdapterConfig(text: string, name: string): AdapterConfig {
  const parsed = known.safeParse(parsedJson(text))
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') || 'adapter_config.json'
    throw new MolianError('adapter.bad-config', { name, field })
  }
  const { peft_type: method, task_type: task, bias, ...config } = parsed.data
  if (method !== 'LORA') throw new MolianError('adapter.not-lora', { name, method: method.slice(0, 60) })
  if (task !== null && task !== undefined && task !== 'CAUSAL_LM') throw new MolianError('adapter.feature', { name, feature: `task_type ${task}` })
  if (bias !== 'none') throw new MolianError('adapter.feature', { name, feature: `bias ${bias}` })
  const feature = foreign.find((key) => isSet(config[key]))
  if (feature !== undefined) throw new MolianError('adapter.feature', { name, feature })
  return config
}

/**
 * The same as PEFT reads it, with nothing in it that was not looked at. `ranks` has the modules that the weights change, by their
 * whole names, with the rank of each: they stand in the place of patterns and of what is short for many.
 */
export function writeAdapterConfig(config: AdapterConfig, ranks: ReadonlyMap<string, number>, baseDirectory: string): string {
  const { r, lora_alpha, lora_dropout, modules_to_save, alpha_pattern, fan_in_fan_out, use_rslora, use_dora } = config
  const written = {
    peft_type: 'LORA',
    task_type: 'CAUSAL_LM',
    base_model_name_or_path: baseDirectory,
    inference_mode: true,
    bias: 'none',
    r,
    lora_alpha,
    lora_dropout,
    fan_in_fan_out,
    use_rslora,
    use_dora,
    target_modules: [...ranks.keys()].sort(),
    modules_to_save: modules_to_save ?? null,
    rank_pattern: Object.fromEntries([...ranks].filter(([, rank]) => rank !== r)),
    alpha_pattern: alpha_pattern ?? {},
  }
  return `${JSON.stringify(written, null, 2)}\n`
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Empty objects and lists, false and null are how PEFT writes that a feature is not used. */
function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false
  return typeof value !== 'object' || Object.keys(value).length > 0
}
