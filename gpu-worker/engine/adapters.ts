import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { MolianError } from '@/lib/errors'
import { adapterRanks } from '@/gpu-worker/engine/settings'

const configSchema = z.looseObject({
  r: z.int().positive(),
  use_dora: z.boolean().optional(),
  modules_to_save: z.array(z.string()).nullish(),
  rank_pattern: z.record(z.string(), z.int().positive()).nullish(),
})
const refusal = z.object({ error: z.object({ message: z.string() }) })

/** A load copies the weights to the device; large ranks on slow disks take their time. */
const loadWithinMs = 120_000

/** An adapter's folder, and what people call it. */
export type NamedAdapter = { name: string; directory: string }

/**
 * The rank of room that these adapters' folders ask of an engine, as vLLM counts it. Throws adapter.not-served for one that
 * vLLM cannot take beside a model: a DoRA adapter, one with whole layers of its own, one whose rank is too high.
 */
export async function rankFor(adapters: readonly NamedAdapter[]): Promise<number> {
  const ranks = await Promise.all(adapters.map(rankOf))
  const most = Math.max(1, ...ranks)
  const room = adapterRanks.find((rank) => rank >= most)
  if (room === undefined) throw refused(adapters[ranks.indexOf(most)]?.name ?? '', `rank ${most} > ${adapterRanks.at(-1)}`)
  return room
}

async function rankOf({ name, directory }: NamedAdapter): Promise<number> {
  const file = path.join(directory, 'adapter_config.json')
  const config = configSchema.safeParse(JSON.parse(await readFile(file, 'utf8').catch(() => 'null')))
  if (!config.success) throw new MolianError('adapter.bad-config', { name, field: config.error.issues[0]?.path.join('.') || 'adapter_config.json' })
  if (config.data.use_dora) throw refused(name, 'DoRA')
  if (config.data.modules_to_save?.length) throw refused(name, `modules_to_save: ${config.data.modules_to_save.join(', ')}`)
  return Math.max(config.data.r, ...Object.values(config.data.rank_pattern ?? {}))
}

/** Has a running engine load an adapter under a name of its own. Throws adapter.not-served with what the engine says. */
export async function loadAdapter(baseUrl: string, servedName: string, directory: string, signal: AbortSignal): Promise<void> {
  const response = await fetch(`${baseUrl}/load_lora_adapter`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lora_name: servedName, lora_path: directory }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(loadWithinMs)]),
  })
  const text = await response.text()
  if (response.ok) return
  const said = refusal.safeParse(parsed(text))
  throw refused(servedName, (said.success ? said.data.error.message : text).slice(0, 500))
}

function refused(name: string, reason: string): MolianError {
  return new MolianError('adapter.not-served', { name, reason })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
