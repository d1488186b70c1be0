import { crc32, deflateRawSync } from 'node:zlib'

export type ZipEntry = {
  name: string | Uint8Array
  data?: string | Uint8Array
  /** 8 deflates, 0 stores; any other number only says so. */
  method?: number
  flags?: number
  /** Unix mode with the file's type, such as 0o120777 for a link. */
  mode?: number
  /** What the directory claims, where it lies. */
  claims?: { size?: number; crc?: number }
  extra?: Uint8Array
}

const UTF8 = 0x800

/** A zip archive byte by byte, so that it can be as wrong as a test needs it. Names as text are UTF-8 and say so. */
export function zipArchive(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const data = Buffer.from(entry.data ?? '')
    const method = entry.method ?? 8
    const packed = method === 8 ? deflateRawSync(data) : data
    const flags = entry.flags ?? (typeof entry.name === 'string' ? UTF8 : 0)
    const extra = Buffer.from(entry.extra ?? [])
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(entry.claims?.crc ?? crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(entry.claims?.size ?? data.length, 18)
    common.writeUInt16LE(name.length, 22)
    common.writeUInt16LE(extra.length, 24)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, extra, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, rest, name, extra]))
    locals.push(local)
    offset += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, listed, end])
}

/** The extra field in which old programs write a name in UTF-8 beside one that is not. */
export function unicodePathField(raw: Uint8Array, name: string): Buffer {
  const utf8 = Buffer.from(name)
  const head = Buffer.alloc(9)
  head.writeUInt16LE(0x7075, 0)
  head.writeUInt16LE(5 + utf8.length, 2)
  head[4] = 1
  head.writeUInt32LE(crc32(raw), 5)
  return Buffer.concat([head, utf8])
}
