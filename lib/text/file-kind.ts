/** What the first bytes say about a file that is no text at all. */
export interface ForeignKind {
  code: 'upload.compressed' | 'upload.binary' | 'upload.document'
  found: string
}

interface Signature extends ForeignKind {
  bytes: readonly number[]
  /** Where the bytes stand; at the beginning unless given. */
  at?: number
}

// The first name in a zip archive stands at byte 30; these documents are such archives.
const signatures: readonly Signature[] = [
  { code: 'upload.document', found: 'Office', at: 30, bytes: [...Buffer.from('[Content_Types].xml')] },
  { code: 'upload.document', found: 'Office', at: 30, bytes: [...Buffer.from('_rels/.rels')] },
  { code: 'upload.document', found: 'EPUB', at: 30, bytes: [...Buffer.from('mimetypeapplication/epub+zip')] },
  { code: 'upload.compressed', found: 'tar', at: 257, bytes: [...Buffer.from('ustar')] },
  { code: 'upload.compressed', found: 'gzip', bytes: [0x1f, 0x8b] },
  { code: 'upload.compressed', found: 'zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { code: 'upload.compressed', found: 'zip', bytes: [0x50, 0x4b, 0x05, 0x06] },
  { code: 'upload.compressed', found: '7z', bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { code: 'upload.compressed', found: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00] },
  { code: 'upload.compressed', found: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { code: 'upload.compressed', found: 'bzip2', bytes: [0x42, 0x5a, 0x68] },
  { code: 'upload.compressed', found: 'rar', bytes: [0x52, 0x61, 0x72, 0x21] },
  { code: 'upload.binary', found: 'PDF', bytes: [0x25, 0x50, 0x44, 0x46] },
  { code: 'upload.binary', found: 'PNG', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { code: 'upload.binary', found: 'JPEG', bytes: [0xff, 0xd8, 0xff] },
  { code: 'upload.binary', found: 'ELF', bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { code: 'upload.binary', found: 'GGUF', bytes: [0x47, 0x47, 0x55, 0x46] },
  { code: 'upload.binary', found: 'SQLite', bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65] },
  { code: 'upload.document', found: 'Word, .doc', bytes: [0xd0, 0xcf, 0x11, 0xe0] },
  { code: 'upload.binary', found: 'UTF-32', bytes: [0xff, 0xfe, 0x00, 0x00] },
  { code: 'upload.binary', found: 'UTF-32', bytes: [0x00, 0x00, 0xfe, 0xff] },
]

/** A container or binary format known by its first bytes, whatever its name says; undefined when there is none. */
export function foreignKind(head: Uint8Array): ForeignKind | undefined {
  const known = signatures.find(({ bytes, at = 0 }) => bytes.every((byte, index) => head[at + index] === byte))
  return known && { code: known.code, found: known.found }
}

const SHARE_OF_CONTROLS_IN_BINARY = 0.05

/** Whether so many control characters (other than tab, line ends and form feed) stand in the sample that it is no text. */
export function looksBinary(sample: Uint8Array): boolean {
  let controls = 0
  for (const byte of sample) {
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b) || byte === 0x7f) controls += 1
  }
  return controls > sample.length * SHARE_OF_CONTROLS_IN_BINARY
}
