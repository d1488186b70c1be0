import { open, stat } from 'node:fs/promises'
import { MolianError } from '@/lib/errors'

/** A file that goes into an archive: from disk, or of bytes that are there. */
export type TarFile = { name: string; source: { path: string; bytes: number } | { content: Uint8Array } }

const block = 512
const piece = 1 << 20
/** What eleven octal digits hold; a larger size stands in base 256, as GNU and BSD tar read it. */
const mostOctal = 0o77777777777

/** A file of disk as it goes into an archive, with its size of now. */
export async function tarFile(name: string, path: string): Promise<TarFile> {
  return { name, source: { path, bytes: (await stat(path)).size } }
}

/** How long the archive will be, in bytes: known before its first byte, so that whoever takes it sees how far it is. */
export function tarLength(files: readonly TarFile[]): number {
  return files.reduce((sum, file) => sum + block + padded(bytesOf(file)), 2 * block)
}

/** A tar archive (ustar) as it is read from disk, piece by piece. Throws when a file is no longer as long as it was. */
export async function* tarStream(files: readonly TarFile[], at: Date): AsyncGenerator<Uint8Array> {
  for (const file of files) {
    yield header(file, at)
    if ('content' in file.source) yield file.source.content
    else yield* contentOf(file.source)
    const padding = padded(bytesOf(file)) - bytesOf(file)
    if (padding > 0) yield new Uint8Array(padding)
  }
  yield new Uint8Array(2 * block)
}

async function* contentOf({ path, bytes }: { path: string; bytes: number }): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    for (let left = bytes; left > 0; ) {
      const { bytesRead, buffer } = await handle.read(new Uint8Array(Math.min(piece, left)))
      if (bytesRead === 0) throw new Error(`${path} has become shorter while it was read`)
      left -= bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await handle.close()
  }
}

function header(file: TarFile, at: Date): Uint8Array {
  const name = Buffer.from(file.name)
  if (name.length > 100) throw new Error(`Too long a name for an archive: ${file.name}`)
  const bytes = Buffer.alloc(block)
  name.copy(bytes)
  bytes.write('0000644\0', 100)
  bytes.write('0000000\0', 108)
  bytes.write('0000000\0', 116)
  writeSize(bytes, bytesOf(file))
  bytes.write(`${Math.floor(at.getTime() / 1000).toString(8).padStart(11, '0')}\0`, 136)
  bytes.write('0', 156)
  bytes.write('ustar\x0000', 257)
  bytes.write(`${checksumOf(bytes).toString(8).padStart(6, '0')}\0 `, 148)
  return bytes
}

function writeSize(bytes: Buffer, size: number): void {
  if (size <= mostOctal) return void bytes.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  bytes[124] = 0x80
  bytes.writeBigUInt64BE(BigInt(size), 128)
}

/** Of a header whose own checksum counts as spaces. */
function checksumOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0)
}

function bytesOf({ source }: TarFile): number {
  return 'content' in source ? source.content.length : source.bytes
}

function padded(bytes: number): number {
  return Math.ceil(bytes / block) * block
}

/** A regular file of a tar archive on disk, and where its bytes are. */
export type TarEntry = { name: string; start: number; bytes: number }

/** The regular files of a tar archive, whatever program wrote it; links and devices are passed over. Throws upload.archive-broken. */
export async function tarEntries(path: string, fileName: string): Promise<TarEntry[]> {
  const broken = () => new MolianError('upload.archive-broken', { file: fileName })
  const handle = await open(path, 'r')
  const entries: TarEntry[] = []
  try {
    const { size } = await handle.stat()
    const head = Buffer.alloc(block)
    for (let at = 0; at + block <= size; ) {
      await handle.read(head, 0, block, at)
      if (head.every((byte) => byte === 0)) break
      const bytes = readSize(head)
      if (bytes === null || Number.parseInt(textAt(head, 148, 8), 8) !== checksumOf(head) || at + block + bytes > size) throw broken()
      const type = head[156] ?? 0
      if (type === 0 || type === 0x30) entries.push({ name: [textAt(head, 345, 155), textAt(head, 0, 100)].filter(Boolean).join('/'), start: at + block, bytes })
      at += block + padded(bytes)
    }
  } finally {
    await handle.close()
  }
  if (entries.length === 0) throw broken()
  return entries
}

function textAt(bytes: Buffer, start: number, length: number): string {
  return bytes.subarray(start, start + length).toString('utf8').replace(/\0.*$/s, '').trim()
}

function readSize(head: Buffer): number | null {
  const size = head[124] === 0x80 ? Number(head.readBigUInt64BE(128)) : Number.parseInt(textAt(head, 124, 12), 8)
  return Number.isSafeInteger(size) && size >= 0 ? size : null
}
