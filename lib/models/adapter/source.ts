import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { MolianError } from '@/lib/errors'
import { isInside } from '@/lib/models/links'
import { tarEntries } from '@/lib/models/tar'
import { zipFiles } from '@/lib/text/zip-files'

export const adapterFiles = ['adapter_config.json', 'adapter_model.safetensors'] as const
type AdapterFile = (typeof adapterFiles)[number]

/** The two files of an adapter, wherever they come from: each read once, in the order in which they lie. */
export type AdapterPieces = AsyncGenerator<{ file: AdapterFile; chunks: AsyncIterable<Uint8Array> }>

/** The adapter in a folder of this machine. Throws model.no-folder, adapter.no-file, adapter.pickled, model.link-escapes. */
export async function* adapterInFolder(directory: string): AdapterPieces {
  const names = await readdir(directory).catch(() => null)
  if (names === null) throw new MolianError('model.no-folder', { path: directory })
  requireFiles(directory, names)
  for (const file of adapterFiles) {
    if (!(await isInside(directory, file))) throw new MolianError('model.link-escapes', { path: directory, file })
    yield { file, chunks: createReadStream(path.join(directory, file), { highWaterMark: 1 << 20 }) }
  }
}

/**
 * The adapter in an archive, zip or tar, at its top or in one folder of it. Nothing is unpacked but these two files, and no name
 * becomes a path. Throws upload.archive-*, adapter.several, adapter.no-file, adapter.pickled.
 */
export async function* adapterInArchive(archive: string, fileName: string, limitBytes: number): AdapterPieces {
  const seen: string[] = []
  for await (const { name, chunks } of entriesOf(archive, fileName, limitBytes)) {
    const base = path.posix.basename(name)
    const file = adapterFiles.find((each) => each === base)
    if (file !== undefined && seen.includes(file)) throw new MolianError('adapter.several', { name: fileName })
    seen.push(base)
    if (file !== undefined) yield { file, chunks }
  }
  requireFiles(fileName, seen)
}

async function* entriesOf(archive: string, fileName: string, unpackedBytes: number): AsyncGenerator<{ name: string; chunks: AsyncIterable<Uint8Array> }> {
  if (await isZip(archive)) {
    for await (const entry of zipFiles(archive, fileName, { unpackedBytes }, () => {})) if ('chunks' in entry) yield entry
    return
  }
  for (const { name, start, bytes } of await tarEntries(archive, fileName)) {
    yield { name, chunks: bytes === 0 ? none() : createReadStream(archive, { start, end: start + bytes - 1, highWaterMark: 1 << 20 }) }
  }
}

async function* none(): AsyncGenerator<Uint8Array> {}

async function isZip(archive: string): Promise<boolean> {
  if ((await stat(archive)).size < 4) return false
  for await (const head of createReadStream(archive, { end: 3 })) return Buffer.isBuffer(head) && head.readUInt16BE(0) === 0x504b
  return false
}

function requireFiles(name: string, names: readonly string[]): void {
  for (const file of adapterFiles) {
    if (names.includes(file)) continue
    if (names.some((each) => /^adapter_model\.(bin|pt|pth)$/.test(each))) throw new MolianError('adapter.pickled', { name })
    throw new MolianError('adapter.no-file', { name, file })
  }
}
