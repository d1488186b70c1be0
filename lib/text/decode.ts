import type { TextEncoding } from '@/lib/text/encoding'

/**
 * Stands in the UTF-8 that is given on for every piece that is no character in the file's own encoding. No UTF-8 holds
 * this byte, so whatever record or line it stands in is known to be damaged, and only that one.
 */
export const DAMAGE = 0xff

const damage = Buffer.of(DAMAGE)
const REPLACEMENT = '\ufffd'
const LONE_SURROGATE = /\p{Surrogate}/u
// ICU lets the single bytes 80 and FF of BIG5 pass as these; the encoding has no such characters.
const NO_BIG5 = /[\u0080\uf8f8]/
const NO_BIG5_ALL = /[\u0080\uf8f8]/g

/**
 * A file's bytes as UTF-8 without byte order mark, piece by piece. UTF-8 passes through unchecked, because whoever
 * reads on names the record that holds a wrong byte; in any other encoding wrong bytes become the byte `DAMAGE`.
 */
export async function* decodeToUtf8(chunks: AsyncIterable<Uint8Array>, encoding: TextEncoding): AsyncGenerator<Buffer> {
  switch (encoding) {
    case 'utf-8':
      yield* withoutMark(chunks)
      break
    case 'utf-16le':
    case 'utf-16be':
      yield* withoutMark(fromUnits(chunks, encoding))
      break
    case 'gb18030':
    case 'big5':
      yield* withoutMark(fromMultibyte(chunks, encoding))
  }
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

/** UTF-16: wrong are halves of pairs that stand alone, and a last byte alone. */
async function* fromUnits(chunks: AsyncIterable<Uint8Array>, encoding: 'utf-16le' | 'utf-16be'): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, asBuffer(chunk)])
    let end = bytes.length - (bytes.length % 2)
    const high = bytes[encoding === 'utf-16le' ? end - 1 : end - 2] ?? 0
    if (end > 0 && high >= 0xd8 && high <= 0xdb) end -= 2
    rest = bytes.subarray(end)
    if (end === 0) continue
    const units = encoding === 'utf-16le' ? bytes.subarray(0, end) : Buffer.from(bytes.subarray(0, end)).swap16()
    yield marked(units.toString('utf16le'), LONE_SURROGATE)
  }
  if (rest.length > 0) yield damage
}

/** GB18030 and BIG5, a piece of whole characters at a time; strictly first, because almost every file is sound. */
async function* fromMultibyte(chunks: AsyncIterable<Uint8Array>, encoding: 'gb18030' | 'big5'): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, asBuffer(chunk)]) : asBuffer(chunk)
    const end = wholeCharacters(bytes, encoding)
    rest = bytes.subarray(end)
    if (end > 0) yield decodeWhole(bytes.subarray(0, end), encoding)
  }
  if (rest.length > 0) yield decodeWhole(rest, encoding)
}

function decodeWhole(bytes: Buffer, encoding: 'gb18030' | 'big5'): Buffer {
  const text = strictly(bytes, encoding)
  if (text !== undefined) return Buffer.from(text, 'utf8')
  // Somewhere in it: looked for between bytes that are surely characters of their own, so that only its surroundings suffer.
  const parts: Buffer[] = []
  for (let from = 0; from < bytes.length; ) {
    let to = from + 1
    while (to < bytes.length && (bytes[to] ?? 0) >= 0x30) to += 1
    const part = bytes.subarray(from, to)
    const sound = strictly(part, encoding)
    parts.push(sound === undefined ? loosely(part, encoding) : Buffer.from(sound, 'utf8'))
    from = to
  }
  return Buffer.concat(parts)
}

function strictly(bytes: Buffer, encoding: 'gb18030' | 'big5'): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
    return encoding === 'big5' && NO_BIG5.test(text) ? undefined : text
  } catch {
    return undefined
  }
}

function loosely(bytes: Buffer, encoding: 'gb18030' | 'big5'): Buffer {
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes)
  return marked(encoding === 'big5' ? text.replace(NO_BIG5_ALL, REPLACEMENT) : text, /\ufffd/)
}

/** Text as UTF-8, with the damage byte for each character that `wrong` finds. */
function marked(text: string, wrong: RegExp): Buffer {
  if (!wrong.test(text)) return Buffer.from(text, 'utf8')
  const pieces = text.split(new RegExp(wrong.source, wrong.flags))
  return Buffer.concat(pieces.flatMap((piece, index) => (index === 0 ? [Buffer.from(piece, 'utf8')] : [damage, Buffer.from(piece, 'utf8')])))
}

/** Where the last whole character ends: characters are walked from the last byte that is surely one of its own. */
function wholeCharacters(bytes: Buffer, encoding: 'gb18030' | 'big5'): number {
  let at = bytes.length
  while (at > 0 && (bytes[at - 1] ?? 0) >= 0x30) at -= 1
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0
    const next = bytes[at + 1]
    if (lead < 0x80) at += 1
    else if (next === undefined) return at
    else if (encoding === 'gb18030' && next >= 0x30 && next <= 0x39) {
      if (at + 4 > bytes.length) return at
      at += 4
    } else at += 2
  }
  return Math.min(at, bytes.length)
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
}
