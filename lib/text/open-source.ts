import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { MolianError } from '@/lib/errors'
import { gzipFile } from '@/lib/text/gzip-file'
import type { SourceFile, SourceLimits } from '@/lib/text/source-file'
import { zipFiles } from '@/lib/text/zip-files'

/** Bytes read at once; a record is held beside it, never the file. */
const CHUNK_BYTES = 1024 * 1024
const HEAD_BYTES = 1024

/**
 * The files that a file on disk gives: itself, or what is in it when its first bytes, whatever its name, are those
 * of zip or gzip. `fileName` is its name as people know it; `onBytes` hears how much of it has been read.
 * Throws upload.unreadable, upload.archive-* and upload.document where all of it is refused.
 */
export async function* openSource(path: string, fileName: string, limits: SourceLimits, onBytes: (read: number) => void = () => {}): AsyncGenerator<SourceFile> {
  const head = await headOf(path, fileName)
  if (head[0] === 0x50 && head[1] === 0x4b && [0x0304, 0x0506, 0x0708].includes(head.readUInt16BE(2))) yield* zipFiles(path, fileName, limits, onBytes)
  else if (head[0] === 0x1f && head[1] === 0x8b) yield gzipFile(path, fileName, head, limits, onBytes)
  else yield { ordinal: 0, name: fileName, inArchive: false, chunks: plainChunks(path, onBytes) }
}

async function* plainChunks(path: string, onBytes: (read: number) => void): AsyncGenerator<Buffer> {
  const stream: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  let read = 0
  for await (const chunk of stream) {
    read += chunk.length
    onBytes(read)
    yield chunk
  }
}

async function headOf(path: string, fileName: string): Promise<Buffer> {
  try {
    const handle = await open(path, 'r')
    try {
      const head = Buffer.alloc(HEAD_BYTES)
      const { bytesRead } = await handle.read(head, 0, HEAD_BYTES, 0)
      // Four bytes at least, so that signatures can be compared without looking at the length.
      return head.subarray(0, Math.max(4, bytesRead))
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw new MolianError('upload.unreadable', { file: fileName, reason: cause instanceof Error ? cause.message : String(cause) }, { cause })
  }
}
