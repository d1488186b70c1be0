import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Architecture } from '@/lib/forecast/architecture'

const count = z.int().positive()
const decoder = z.looseObject({
  model_type: z.string().optional(),
  hidden_size: count,
  intermediate_size: count,
  num_hidden_layers: count,
  num_attention_heads: count,
  num_key_value_heads: count.nullish(),
  head_dim: count.nullish(),
  vocab_size: count,
  tie_word_embeddings: z.boolean().nullish(),
  sliding_window: count.nullish(),
  use_sliding_window: z.boolean().nullish(),
})
const config = z.looseObject({ model_type: z.string(), tie_word_embeddings: z.boolean().nullish(), text_config: z.unknown().optional() })

/** Families whose layers are dense, with projections apart, and as architecture.ts describes them, as transformers names them. */
const dense = new Set(['llama', 'mistral', 'qwen2', 'qwen3', 'gemma', 'gemma2', 'gemma3', 'gemma3_text', 'internlm3', 'olmo2', 'granite', 'smollm3'])
/** Whose configuration class ties the embedding unless the file says otherwise. */
const tiedUnlessSaid = new Set(['gemma', 'gemma2', 'gemma3', 'gemma3_text'])

/** The decoder of a model's folder by its config.json; null where the family or what is said of it is not understood. */
export async function readArchitecture(directory: string): Promise<Architecture | null> {
  const text = await readFile(path.join(directory, 'config.json'), 'utf8').catch(() => null)
  return text === null ? null : architectureIn(JSON.parse(text))
}

/** The same of a configuration that has been read. */
export function architectureIn(given: unknown): Architecture | null {
  const outer = config.safeParse(given).data
  if (!outer || !dense.has(outer.model_type)) return null
  const inner = decoder.safeParse(outer.text_config ?? given).data
  if (!inner) return null
  const family = inner.model_type ?? outer.model_type
  const isGemma3 = family.startsWith('gemma3')
  const sees = inner.use_sliding_window === false ? null : inner.sliding_window
  return {
    family,
    layers: inner.num_hidden_layers,
    hidden: inner.hidden_size,
    intermediate: inner.intermediate_size,
    heads: inner.num_attention_heads,
    keyValueHeads: inner.num_key_value_heads ?? inner.num_attention_heads,
    headDimension: inner.head_dim ?? Math.floor(inner.hidden_size / inner.num_attention_heads),
    vocabulary: inner.vocab_size,
    tied: inner.tie_word_embeddings ?? outer.tie_word_embeddings ?? tiedUnlessSaid.has(outer.model_type),
    norms: isGemma3 || family === 'gemma2' || family === 'olmo2' ? 4 : 2,
    normsQueries: isGemma3 || family === 'qwen3' || family === 'olmo2',
    window: sees ?? null,
  }
}
