import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { MolianError } from '@/lib/errors'
import { entryName, shownEntryName } from '@/lib/text/entry-name'
import type { ReadableSource, SourceLimits } from '@/lib/text/source-file'
import { UnpackMeter } from '@/lib/text/unpack-meter'

const CHUNK_BYTES = 256 * 1024
const HAS_EXTRA = 0x04
const HAS_NAME = 0x08

/** The one file that a gzip stream holds, in however many members. `head` is the stream's beginning. */
export function gzipFile(path: string, fileName: string, head: Buffer, limits: SourceLimits, onBytes: (read: number) => void): ReadableSource {
  const name = nameInside(fileName, head)
  return { ordinal: 0, name, inArchive: true, chunks: unpacked(path, fileName, name, new UnpackMeter(fileName, limits.unpackedBytes), onBytes) }
}

async function* unpacked(path: string, fileName: string, name: string, meter: UnpackMeter, onBytes: (read: number) => void): AsyncGenerator<Buffer> {
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
  // A failure of either stream comes out of the loop below.
  pipeline(source, gunzip, () => {})
  const stream: AsyncIterable<Buffer> = gunzip
  let bytes = 0
  try {
    for await (const chunk of stream) {
      bytes += chunk.length
      meter.add(name, chunk.length, bytes, source.bytesRead)
      onBytes(source.bytesRead)
      yield chunk
    }
    onBytes(source.bytesRead)
  } catch (cause) {
    throw cause instanceof MolianError ? cause : new MolianError('entry.damaged', { file: fileName }, { cause })
  }
}

/** The file's own name without `.gz`; where that says nothing of a kind, the name that gzip remembers. */
function nameInside(fileName: string, head: Buffer): string {
  const own = fileName.replace(/\.(?:gz|gzip)$/i, '')
  if (/\.[a-z]+$/i.test(own)) return own
  return rememberedName(head) ?? own
}

function rememberedName(head: Buffer): string | undefined {
  const flags = head[3] ?? 0
  if ((flags & HAS_NAME) === 0) return undefined
  const from = (flags & HAS_EXTRA) === 0 ? 10 : 12 + (head[10] ?? 0) + (head[11] ?? 0) * 256
  const to = head.indexOf(0, from)
  return to > from ? shownEntryName(entryName({ raw: head.subarray(from, to), flaggedUtf8: false, extraFields: [] }).split('/').pop() ?? '') : undefined
}
