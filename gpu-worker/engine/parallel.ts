import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { weightFiles } from '@/lib/models/weights'
import type { Device } from '@/gpu-worker/device'

/** Over how many GPUs one copy of the model is cut (tensor), and how many copies there are (data). */
export type ParallelSizes = { tensor: number; data: number }

/** Of a GPU's memory the weights may take this share, so that keys and values of many rows have the rest. */
const weightShare = 0.5

/**
 * As many whole copies as there are GPUs where one holds the model, since rows need nothing of each other; a model that is too large
 * is cut over the fewest GPUs (a power of two that divides its attention heads, as vLLM asks) that hold it.
 */
export function parallelSizes({ gpus, gpuBytes }: Pick<Device, 'gpus' | 'gpuBytes'>, model: { weightBytes: number; heads: number | null }): ParallelSizes {
  if (gpus < 2) return { tensor: 1, data: 1 }
  const holds = (tensor: number) => gpuBytes === null || model.weightBytes / tensor <= gpuBytes * weightShare
  const possible = [1, 2, 4, 8, 16].filter((tensor) => tensor <= gpus && (tensor === 1 || (model.heads !== null && model.heads % tensor === 0)))
  const tensor = possible.find(holds) ?? possible.at(-1) ?? 1
  return { tensor, data: Math.floor(gpus / tensor) }
}

const heads = z.int().positive().optional().catch(undefined)
const configSchema = z.looseObject({ num_attention_heads: heads, text_config: z.looseObject({ num_attention_heads: heads }).optional().catch(undefined) })

/** The same for a model folder. */
export async function parallelSizesFor(device: Device, modelDirectory: string): Promise<ParallelSizes> {
  if (device.gpus < 2) return { tensor: 1, data: 1 }
  const files = await weightFiles(modelDirectory)
  const sizes = await Promise.all(files.map(async (name) => (await stat(path.join(modelDirectory, name))).size))
  const config = configSchema.parse(JSON.parse(await readFile(path.join(modelDirectory, 'config.json'), 'utf8')))
  const counted = config.num_attention_heads ?? config.text_config?.num_attention_heads ?? null
  return parallelSizes(device, { weightBytes: sizes.reduce((sum, size) => sum + size, 0), heads: counted })
}
