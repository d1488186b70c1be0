import type { RecordFault } from '@/lib/text/json-scan'

/** One record's bytes, or why they cannot be had; `line` and `byte` are where it begins (from 1, from 0). */
export type RawRecord =
  | { line: number; byte: number; bytes: Buffer }
  | { line: number; byte: number; fault: RecordFault }

/** Cuts a stream into raw records; holds at most one unfinished record in memory. */
export interface RecordSplitter {
  push(chunk: Buffer): RawRecord[]
  end(): RawRecord[]
}

const LINE_FEED = 0x0a

/** JSON Lines: a record a line; blank lines are passed over, lines over the limit are refused without being kept. */
export class LineSplitter implements RecordSplitter {
  private line = 1
  private byte = 0
  private pieces: Buffer[] = []
  private kept = 0
  private overflowed = false

  constructor(private readonly maxRecordBytes: number) {}

  push(chunk: Buffer): RawRecord[] {
    const records: RawRecord[] = []
    let from = 0
    for (let feed = chunk.indexOf(LINE_FEED); feed !== -1; feed = chunk.indexOf(LINE_FEED, from)) {
      this.keep(chunk.subarray(from, feed))
      this.finish(records)
      this.line += 1
      this.byte += 1
      from = feed + 1
    }
    this.keep(chunk.subarray(from))
    return records
  }

  end(): RawRecord[] {
    const records: RawRecord[] = []
    this.finish(records)
    return records
  }

  private keep(piece: Buffer): void {
    if (piece.length === 0) return
    this.kept += piece.length
    if (this.kept > this.maxRecordBytes) {
      this.overflowed = true
      this.pieces = []
    } else this.pieces.push(piece)
  }

  private finish(records: RawRecord[]): void {
    const { line, byte } = this
    if (this.overflowed) {
      records.push({ line, byte, fault: { code: 'record.too-large', params: { limit: this.maxRecordBytes } } })
    } else if (this.kept > 0) {
      const [only, ...rest] = this.pieces
      const bytes = only !== undefined && rest.length === 0 ? only : Buffer.concat(this.pieces, this.kept)
      if (!isBlank(bytes)) records.push({ line, byte, bytes })
    }
    this.byte += this.kept
    this.pieces = []
    this.kept = 0
    this.overflowed = false
  }
}

function isBlank(bytes: Buffer): boolean {
  for (const byte of bytes) {
    if (byte !== 0x20 && byte !== 0x09 && byte !== 0x0d) return false
  }
  return true
}
