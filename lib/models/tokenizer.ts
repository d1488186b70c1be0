import { readFile, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import { MolianError } from '@/lib/errors'
import { isInside } from '@/lib/models/links'

/** The tokenizer of a model folder, as the model's own trainer and engine would read it. */
export interface ModelTokenizer {
  /** Changes whenever the folder's tokenizer does: what was counted under another stamp is stale. */
  stamp: string
  /** The ids of a text by itself, without what a chat template or a beginning of text would add. */
  tokensOf(text: string): number[]
  /** How many there are. */
  countTokens(text: string): number
  /** The text of tokens, special ones as they are written; a part of a character that they do not hold whole is �. */
  textOf(ids: readonly number[]): string
  /** Whether it is a token of the template's or the model's own, not of a text. */
  isSpecial(id: number): boolean
}

const wordsFile = 'tokenizer.json'
const settingsFile = 'tokenizer_config.json'
// The largest known vocabularies (262,144 tokens) are 33 MB of JSON.
const mostBytes = { [wordsFile]: 80 * 1024 * 1024, [settingsFile]: 8 * 1024 * 1024 }
/** A vocabulary takes some hundred megabytes: two models are compared, no more are kept. */
const keptTokenizers = 2

// The vocabulary's hundred thousands of entries are the reader's to look at, once.
const vocabulary = z.custom<object>((value) => typeof value === 'object' && value !== null)
const wordsSchema = z.looseObject({ model: z.looseObject({ vocab: vocabulary }) })
const settingsSchema = z.looseObject({})

const kept = new Map<string, Promise<ModelTokenizer>>()

/**
 * The tokenizer of the model in `directory`: `const { countTokens } = await tokenizerOf(modelDirectory(model))`.
 * It reads tokenizer.json and tokenizer_config.json there, loaded when first asked for, kept until the files
 * change; nothing of the folder is executed. Throws MolianError `model.no-tokenizer`, `model.link-escapes`,
 * `model.tokenizer-too-large`, `model.bad-config`, or `model.tokenizer-unknown` for a kind that cannot be read here.
 */
export async function tokenizerOf(directory: string): Promise<ModelTokenizer> {
  const stamp = `${directory} ${await stampOf(directory, wordsFile, true)} ${await stampOf(directory, settingsFile, false)}`
  const known = kept.get(stamp)
  // The one used last stands last, so that the one not used for longest goes first.
  kept.delete(stamp)
  const tokenizer = known ?? load(directory, stamp)
  kept.set(stamp, tokenizer)
  for (const oldest of kept.keys()) if (kept.size > keptTokenizers) kept.delete(oldest)
  try {
    return await tokenizer
  } catch (error) {
    kept.delete(stamp)
    throw error
  }
}

/** Identity, size and time of a file within its folder; what is too large or leads out of it is refused. */
async function stampOf(directory: string, file: keyof typeof mostBytes, isNeeded: boolean): Promise<string> {
  const real = await realpath(path.join(directory, file)).catch(() => null)
  if (real === null) {
    if (isNeeded) throw new MolianError('model.no-tokenizer', { path: directory })
    return 'none'
  }
  if (!(await isInside(directory, file))) throw new MolianError('model.link-escapes', { path: directory, file })
  const { size, mtimeMs, ino } = await stat(real)
  if (size > mostBytes[file]) throw new MolianError('model.tokenizer-too-large', { path: directory, file, limit: mostBytes[file] / 1024 / 1024 })
  return `${ino}:${size}:${mtimeMs}`
}

async function load(directory: string, stamp: string): Promise<ModelTokenizer> {
  const words = await readParsed(directory, wordsFile, wordsSchema)
  const settings = stamp.endsWith(' none') ? {} : await readParsed(directory, settingsFile, settingsSchema)
  let tokenizer: Tokenizer
  try {
    tokenizer = new Tokenizer(words, settings)
  } catch (error) {
    throw new MolianError('model.tokenizer-unknown', { path: directory, reason: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
  const tokensOf = (text: string) => (text === '' ? [] : tokenizer.encode(text, { add_special_tokens: false }).ids)
  const added = tokenizer.get_added_tokens_decoder()
  return {
    stamp,
    tokensOf,
    countTokens: (text) => tokensOf(text).length,
    textOf: (ids) => tokenizer.decode([...ids], { skip_special_tokens: false, clean_up_tokenization_spaces: false }),
    isSpecial: (id) => added.get(id)?.special ?? false,
  }
}

async function readParsed<S extends z.ZodType>(directory: string, file: string, schema: S): Promise<z.output<S>> {
  try {
    return schema.parse(JSON.parse(await readFile(path.join(directory, file), 'utf8')))
  } catch (error) {
    throw new MolianError('model.bad-config', { path: directory, file }, { cause: error })
  }
}
