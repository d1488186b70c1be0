import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { MolianError } from '@/lib/errors'
import { decodeToUtf8 } from '@/lib/text/decode'
import { detectEncoding, SAMPLE_BYTES, type DetectedEncoding } from '@/lib/text/encoding'
import { readRecords, recordLimits, type RecordOutcome } from '@/lib/text/records'

/** Bytes read at once; a record is held beside it, never the file. */
const CHUNK_BYTES = 1024 * 1024

/** A file of records being read; `digest` is its size and SHA-256 once `records` has come to its end. */
export interface RecordFile {
  encoding: DetectedEncoding
  records: AsyncGenerator<RecordOutcome>
  digest(): { bytes: number; sha256: string }
}

/**
 * Opens a file of novels or test rows of any form and encoding: finds the encoding from its beginning, then
 * gives one record at a time and hashes the file in the same pass. `fileName` is its name as
 * people know it; `onBytes` hears how many bytes have been read. Throws upload.* where the whole file is refused.
 */
export async function openRecordFile(
  path: string,
  fileName: string,
  onBytes: (read: number) => void = () => {},
): Promise<RecordFile> {
  const { sample, whole } = await sampleOf(path, fileName)
  const encoding = detectEncoding(sample, fileName, whole)
  const hash = createHash('sha256')
  let read = 0
  let sha256: string | undefined
  const count = (bytes: number) => {
    read += bytes
    onBytes(read)
  }
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  const utf8 = decodeToUtf8(hashed(stream, hash, count), encoding.encoding, fileName)
  return {
    encoding,
    records: readRecords(utf8, fileName, recordLimits),
    digest: () => ({ bytes: read, sha256: (sha256 ??= hash.digest('hex')) }),
  }
}

async function* hashed(chunks: AsyncIterable<Buffer>, hash: Hash, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk)
    count(chunk.length)
    yield chunk
  }
}

async function sampleOf(path: string, fileName: string): Promise<{ sample: Buffer; whole: boolean }> {
  try {
    const handle = await open(path, 'r')
    try {
      const { size } = await handle.stat()
      const sample = Buffer.alloc(Math.min(size, SAMPLE_BYTES))
      const { bytesRead } = await handle.read(sample, 0, sample.length, 0)
      return { sample: sample.subarray(0, bytesRead), whole: bytesRead >= size }
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw new MolianError('upload.unreadable', { file: fileName, reason: cause instanceof Error ? cause.message : String(cause) }, { cause })
  }
}
