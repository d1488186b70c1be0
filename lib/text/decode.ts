import { MolianError } from '@/lib/errors'
import type { TextEncoding } from '@/lib/text/encoding'

const LINE_FEED = 0x0a
const LONGEST_TAIL = 256 * 1024
// ICU lets the single bytes 80 and FF of BIG5 pass as these; the encoding has no such characters.
const NO_BIG5 = /[\u0080\uf8f8]/

/**
 * A file's bytes as UTF-8 without byte order mark, piece by piece. UTF-8 passes through
 * unchecked, because the record reader names the record that holds a wrong byte; any other
 * encoding is decoded strictly and fails with upload.invalid-bytes (line and byte counted from 1 and 0).
 */
export async function* decodeToUtf8(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
  file: string,
): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') yield* withoutMark(chunks)
  else yield* recode(chunks, encoding, file)
}

async function* withoutMark(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = asBuffer(chunk)
    if (head === undefined) {
      yield bytes
      continue
    }
    head = Buffer.concat([head, bytes])
    if (head.length < 3) continue
    yield head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? head.subarray(3) : head
    head = undefined
  }
  if (head !== undefined && head.length > 0) yield head
}

async function* recode(chunks: AsyncIterable<Uint8Array>, encoding: TextEncoding, file: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let line = 1
  let offset = 0
  let before: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = asBuffer(chunk)
    const text = decodeOrUndefined(decoder, bytes)
    if (text === undefined || (encoding === 'big5' && NO_BIG5.test(text))) throw invalidBytes(before, bytes, encoding, file, line, offset)
    const utf8 = Buffer.from(text, 'utf8')
    line += lineFeeds(utf8)
    offset += bytes.length
    before = sinceBoundary(before, bytes, encoding)
    if (utf8.length > 0) yield utf8
  }
  if (decodeOrUndefined(decoder) === undefined) {
    throw new MolianError('upload.invalid-bytes', { file, encoding, line, byte: offset })
  }
}

function decodeOrUndefined(decoder: TextDecoder, bytes?: Uint8Array): string | undefined {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
  } catch {
    return undefined
  }
}

/** Finds the wrong byte by decoding the failing piece once more, byte by byte, after what may be an unfinished character before it. */
function invalidBytes(before: Buffer, bytes: Buffer, encoding: TextEncoding, file: string, line: number, offset: number): MolianError {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  decodeOrUndefined(decoder, before)
  let at = 0
  let lines = 0
  for (; at < bytes.length; at += 1) {
    const text = decodeOrUndefined(decoder, bytes.subarray(at, at + 1))
    if (text === undefined || (encoding === 'big5' && NO_BIG5.test(text))) break
    if (text.includes('\n')) lines += 1
  }
  return new MolianError('upload.invalid-bytes', { file, encoding, line: line + lines, byte: offset + at })
}

/** The last bytes, from a place where a character surely begins: what brings a fresh decoder to the same state. */
function sinceBoundary(before: Buffer, bytes: Buffer, encoding: TextEncoding): Buffer {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return lastUnits(Buffer.concat([before, bytes]), encoding)
  // In GB18030 and BIG5 a byte below 0x30 is always a character of its own.
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] ?? 0) >= 0x30) end -= 1
  return end > 0 || before.length + bytes.length > LONGEST_TAIL ? bytes.subarray(end) : Buffer.concat([before, bytes])
}

/** The last two or three units of UTF-16, beginning with no second half of a pair. */
function lastUnits(bytes: Buffer, encoding: TextEncoding): Buffer {
  const from = Math.max(0, bytes.length - (bytes.length % 2) - 4)
  const high = bytes[encoding === 'utf-16le' ? from + 1 : from] ?? 0
  return bytes.subarray(high >= 0xdc && high <= 0xdf ? from + 2 : from)
}

function lineFeeds(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count += 1
  return count
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}
