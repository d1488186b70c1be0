import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { MolianError } from '@/lib/errors'
import { positionsIn } from '@/lib/models/context-limit'
import { escapingLink } from '@/lib/models/links'
import { countParameters } from '@/lib/models/safetensors'
import { weightFiles } from '@/lib/models/weights'

export type ModelFolder = {
  family: string
  licence: string | null
  parameters: bigint
  /** Of the weight files. */
  bytes: bigint
  /** Tokens it can hold; null when its configuration does not say. */
  context: number | null
  hasChatTemplate: boolean
}

const configSchema = z.looseObject({ model_type: z.string().min(1) })
const indexSchema = z.object({ weight_map: z.record(z.string(), z.string()) })
const tokenizerFiles = ['tokenizer.json', 'tokenizer.model', 'vocab.json', 'spiece.model']

/**
 * Looks at a folder that is to be used as a model. Refuses, with a MolianError that says why, whatever would run code of
 * its own, is not safetensors, is not whole, or points out of the folder.
 */
export async function inspectModelFolder(directory: string): Promise<ModelFolder> {
  const names = await readdir(directory).catch(() => null)
  if (!names) throw new MolianError('model.no-folder', { path: directory })
  const link = await escapingLink(directory)
  if (link !== null) throw new MolianError('model.link-escapes', { path: directory, file: link })
  if (!names.includes('config.json')) {
    throw new MolianError(names.includes('adapter_config.json') ? 'model.is-adapter' : 'model.no-config', { path: directory })
  }
  const config = configSchema.safeParse(await readJson(directory, 'config.json'))
  if (!config.success) throw new MolianError('model.bad-config', { path: directory, file: 'config.json' })
  const tokenizerConfig = names.includes('tokenizer_config.json') ? await readJson(directory, 'tokenizer_config.json') : {}
  await refuseOwnCode(directory, names)
  if (!names.some((name) => tokenizerFiles.includes(name))) throw new MolianError('model.no-tokenizer', { path: directory })
  return {
    family: config.data.model_type,
    licence: await licenceOf(directory, names),
    ...(await weighWeights(directory, names)),
    context: positionsIn(config.data),
    hasChatTemplate: names.includes('chat_template.jinja') || hasKey(tokenizerConfig, 'chat_template'),
  }
}

/** Throws model.own-code where a configuration asks to run code that comes with the model. */
export async function refuseOwnCode(directory: string, names: readonly string[]): Promise<void> {
  for (const file of ['config.json', 'tokenizer_config.json', 'processor_config.json', 'preprocessor_config.json']) {
    if (names.includes(file) && hasKey(await readJson(directory, file), 'auto_map')) throw new MolianError('model.own-code', { path: directory, file })
  }
}

async function weighWeights(directory: string, names: string[]): Promise<{ parameters: bigint; bytes: bigint }> {
  const files = await weightFiles(directory)
  if (files.length === 0) throw new MolianError('model.no-safetensors', { path: directory })
  if (names.includes('model.safetensors.index.json')) {
    const index = indexSchema.safeParse(await readJson(directory, 'model.safetensors.index.json'))
    if (!index.success) throw new MolianError('model.bad-config', { path: directory, file: 'model.safetensors.index.json' })
    const missing = Object.values(index.data.weight_map).find((shard) => !files.includes(shard))
    if (missing) throw new MolianError('model.missing-shard', { path: directory, file: missing })
  }
  let parameters = 0n
  let bytes = 0n
  for (const file of files) {
    const count = await countParameters(path.join(directory, file))
    if (count === null) throw new MolianError('model.damaged', { path: directory, file })
    parameters += count
    bytes += (await stat(path.join(directory, file), { bigint: true })).size
  }
  return { parameters, bytes }
}

async function readJson(directory: string, file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path.join(directory, file), 'utf8'))
  } catch (error) {
    throw new MolianError('model.bad-config', { path: directory, file }, { cause: error })
  }
}

function hasKey(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) && Reflect.get(value, key) !== null
}

/** What a web page calls itself, without its site's name. */
function titleOf(html: string, file: string): string {
  const title = /<title[^>]*>([^<]+)/i.exec(html)?.[1] ?? file
  return title.replace(/&[a-z0-9#]+;/gi, ' ').split('|')[0]?.trim() || file
}

/** As the model card says it, else the first line of a licence or terms file, of a web page its title. */
async function licenceOf(directory: string, names: string[]): Promise<string | null> {
  if (names.includes('README.md')) {
    const card = await readFile(path.join(directory, 'README.md'), 'utf8')
    const stated = /^---\r?\n[\s\S]*?^license(?:_name)?:\s*(.+)$/m.exec(card)?.[1]?.trim()
    if (stated) return stated.slice(0, 100)
  }
  const file = names.find((name) => /^(licen[cs]e|.*terms)/i.test(name))
  if (!file) return null
  const text = await readFile(path.join(directory, file), 'utf8')
  const title = text.trimStart().startsWith('<') ? titleOf(text, file) : null
  const lines = (title ?? text).split('\n').map((line) => line.trim())
  return lines.find((line) => line !== '')?.slice(0, 100) ?? null
}
