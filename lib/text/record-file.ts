import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { MolianError } from '@/lib/errors'
import { decodeToUtf8 } from '@/lib/text/decode'
import { detectEncoding, SAMPLE_BYTES, type DetectedEncoding } from '@/lib/text/encoding'
import { foreignKind } from '@/lib/text/file-kind'
import { readRecords, type RecordOutcome } from '@/lib/text/records'

/** Bytes read at once; a record is held beside it, never the file. */
const chunkBytes = 1 << 20

/**
 * Opens a file of records: finds its encoding from its beginning, then gives one record at a time.
 * `onBytes` hears how many bytes have been read. Throws upload.* for a file that is no such file at all.
 */
export async function openRecordFile(
  path: string,
  fileName: string,
  onBytes: (read: number) => void = () => {},
): Promise<{ encoding: DetectedEncoding; records: AsyncGenerator<RecordOutcome> }> {
  const { sample, whole } = await sampleOf(path)
  if (sample.length === 0) throw new MolianError('upload.empty', { file: fileName })
  const foreign = foreignKind(sample)
  if (foreign) throw new MolianError(foreign.code, { file: fileName, kind: foreign.kind })
  const encoding = detectEncoding(sample, fileName, whole)
  return { encoding, records: readRecords(decodeToUtf8(counted(path, onBytes), encoding.encoding, fileName), fileName) }
}

async function sampleOf(path: string): Promise<{ sample: Buffer; whole: boolean }> {
  const handle = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(SAMPLE_BYTES)
    const { bytesRead } = await handle.read(buffer, 0, SAMPLE_BYTES, 0)
    return { sample: buffer.subarray(0, bytesRead), whole: bytesRead < SAMPLE_BYTES }
  } finally {
    await handle.close()
  }
}

async function* counted(path: string, onBytes: (read: number) => void): AsyncGenerator<Buffer> {
  let read = 0
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    if (!Buffer.isBuffer(chunk)) continue
    read += chunk.length
    onBytes(read)
    yield chunk
  }
}
