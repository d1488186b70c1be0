import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'

/** A print of what a model folder holds besides its weights (configuration, tokenizer, chat template), by name, size and time of change. */
export async function folderPrint(directory: string): Promise<string> {
  const entries = await readdir(directory, { withFileTypes: true })
  const names = entries.filter((entry) => !entry.isDirectory() && !entry.name.endsWith('.safetensors')).map(({ name }) => name).sort()
  const lines = await Promise.all(names.map(async (name) => {
    const { size, mtimeMs } = await stat(path.join(directory, name))
    return `${name} ${size} ${mtimeMs}`
  }))
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}
