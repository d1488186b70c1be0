import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'

const positions = z.int().positive().optional().catch(undefined)
const configSchema = z.looseObject({
  max_position_embeddings: positions,
  text_config: z.looseObject({ max_position_embeddings: positions }).optional().catch(undefined),
})

/** The tokens a model can hold by its own configuration; null when it does not say. More than that vLLM refuses to serve. */
export async function contextLimit(modelDirectory: string): Promise<number | null> {
  return positionsIn(JSON.parse(await readFile(path.join(modelDirectory, 'config.json'), 'utf8')))
}

/** The same of a configuration that has been read. */
export function positionsIn(given: unknown): number | null {
  const config = configSchema.parse(given)
  return config.max_position_embeddings ?? config.text_config?.max_position_embeddings ?? null
}
