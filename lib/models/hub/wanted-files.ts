import { createHash } from 'node:crypto'
import { MolianError } from '@/lib/errors'
import type { ListedFile } from '@/lib/models/hub/listing'

// Only what lies at the top, so that no name becomes a path.
const name = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/
const settings = /^(config|generation_config|tokenizer|tokenizer_config|special_tokens_map|added_tokens|vocab|preprocessor_config|processor_config|chat_template|model\.safetensors\.index)\.json$/
const words = /^(merges\.txt|vocab\.txt|chat_template\.jinja|tokenizer\.model|spiece\.model|sentencepiece\.bpe\.model|README\.md)$/
const terms = /^(licen[cs]e|notice|use_policy|.*terms)[A-Za-z0-9._-]*$/i
const code = /\.(py|pyc|so|sh|js|ipynb)$/
/** Larger than any tokenizer or terms; only weights may be. */
const largestOther = 200 * 1024 * 1024

/**
 * Of a hub's files those that a model needs: safetensors, tokenizer, configuration and terms, small ones first. Never code, never
 * a format that can run it. Throws hub.no-config and hub.no-safetensors.
 */
export function wantedFiles(files: readonly ListedFile[], repository: string): ListedFile[] {
  const here = files.filter((file) => name.test(file.path))
  const hasIndex = here.some(({ path }) => path === 'model.safetensors.index.json')
  const wanted = here.filter((file) => isWeights(file.path, hasIndex) || (file.bytes <= largestOther && isKnown(file.path)))
  if (!wanted.some(({ path }) => path === 'config.json')) throw new MolianError('hub.no-config', { what: repository })
  if (!wanted.some(({ path }) => path.endsWith('.safetensors'))) throw new MolianError('hub.no-safetensors', { what: repository })
  return wanted.sort((one, other) => one.bytes - other.bytes)
}

/** Some publish the same weights a second time, in another program's layout; adapters beside a model are not the model. */
function isWeights(path: string, hasIndex: boolean): boolean {
  return hasIndex ? /^model-\d+-of-\d+\.safetensors$/.test(path) : path.endsWith('.safetensors') && !/^(consolidated|adapter)/.test(path)
}

function isKnown(path: string): boolean {
  return (settings.test(path) || words.test(path) || terms.test(path)) && !code.test(path)
}

/** Short, the same for the same files: what was fetched of one state of a model lies apart from what was fetched of another. */
export function versionOf(files: readonly ListedFile[]): string {
  const lines = files.map((file) => `${file.path} ${file.bytes} ${file.sha256 ?? file.gitId ?? ''}\n`).sort()
  return createHash('sha256').update(lines.join('')).digest('hex').slice(0, 12)
}
