import type { ErrorCode } from '@/lib/error-sentences'
import type { RawRecord, RecordSplitter } from '@/lib/text/json-lines'

const QUOTE = 0x22, BACKSLASH = 0x5c, COMMA = 0x2c, LINE_FEED = 0x0a
const OPEN_BRACE = 0x7b, CLOSE_BRACE = 0x7d, OPEN_BRACKET = 0x5b, CLOSE_BRACKET = 0x5d

type Place = 'before-array' | 'first-value' | 'value' | 'brackets' | 'string' | 'token' | 'after-value' | 'after-array'

/**
 * The elements of a JSON array, or objects written one after another over several lines, found
 * by counting brackets outside strings, so that a record that is wrong inside does not take the
 * next one with it. Line breaks inside strings are let through here and refused by the parser.
 */
export class ValueSplitter implements RecordSplitter {
  private place: Place
  private depth = 0
  private escaped = false
  private pieces: Buffer[] = []
  private kept = 0
  private line = 1
  private byte = 0
  private start = { line: 1, byte: 0 }
  private unseparated = false
  private wentOn = false
  private records: RawRecord[] = []

  constructor(
    private readonly form: 'array' | 'documents',
    private readonly maxRecordBytes: number,
  ) {
    this.place = form === 'array' ? 'before-array' : 'value'
  }

  push(chunk: Buffer): RawRecord[] {
    let at = 0
    let from = 0
    let feed = chunk.indexOf(LINE_FEED)
    const countLines = (to: number) => {
      for (; feed !== -1 && feed < to; feed = chunk.indexOf(LINE_FEED, feed + 1)) this.line += 1
    }
    while (at < chunk.length) {
      if (this.place === 'string') {
        const end = this.stringEnd(chunk, at)
        if (end === -1) break
        at = end + 1
        this.place = 'brackets'
        if (this.depth === 0) this.emit(chunk.subarray(from, at))
        continue
      }
      const byte = chunk[at] ?? 0
      if (this.place === 'brackets') {
        at += 1
        if (byte === QUOTE) this.place = 'string'
        else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.depth += 1
        else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
          this.depth -= 1
          if (this.depth === 0) this.emit(chunk.subarray(from, at))
        }
        continue
      }
      const blank = byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09
      if (this.place === 'token') {
        if (blank || byte === COMMA || byte === CLOSE_BRACKET) this.emit(chunk.subarray(from, at))
        else at += 1
        continue
      }
      if (!blank) {
        countLines(at)
        if (this.separator(byte, at)) {
          at += 1
          continue
        }
        this.start = { line: this.line, byte: this.byte + at }
        from = at
        this.depth = byte === OPEN_BRACE || byte === OPEN_BRACKET ? 1 : 0
        this.place = this.depth === 1 ? 'brackets' : byte === QUOTE ? 'string' : 'token'
      }
      at += 1
    }
    if (this.inValue()) this.keep(chunk.subarray(from))
    countLines(chunk.length)
    this.byte += chunk.length
    return this.taken()
  }

  end(): RawRecord[] {
    if (this.place === 'token') this.emit(Buffer.alloc(0))
    if (this.inValue()) this.refuse('record.truncated', this.start)
    else if (this.form === 'array' && this.place !== 'after-array') this.refuse('record.array-not-closed')
    return this.taken()
  }

  private inValue(): boolean {
    return this.place === 'brackets' || this.place === 'string' || this.place === 'token'
  }

  /** Takes commas and the array's own brackets; false where a value begins. */
  private separator(byte: number, at: number): boolean {
    const here = { line: this.line, byte: this.byte + at }
    if (this.place === 'after-array') {
      if (!this.wentOn) this.refuse('record.after-array', here)
      this.wentOn = true
      return true
    }
    if (this.place === 'before-array') {
      this.place = 'first-value'
      return true
    }
    if (byte === CLOSE_BRACKET && this.form === 'array') {
      if (this.place === 'value') this.refuse('record.trailing-comma', here)
      this.place = 'after-array'
      return true
    }
    if (byte === COMMA) {
      if (this.place !== 'after-value' || this.form === 'documents') this.refuse('record.trailing-comma', here)
      this.place = 'value'
      return true
    }
    this.unseparated = this.place === 'after-value' && this.form === 'array'
    return false
  }

  /** A string's closing quote from `at` on, or -1 with the escape state kept for the next chunk. */
  private stringEnd(chunk: Buffer, at: number): number {
    const runBefore = (end: number) => {
      let slash = end - 1
      while (slash >= at && chunk[slash] === BACKSLASH) slash -= 1
      const carried = slash < at && this.escaped ? 1 : 0
      return end - 1 - slash + carried
    }
    for (let quote = chunk.indexOf(QUOTE, at); quote !== -1; quote = chunk.indexOf(QUOTE, quote + 1)) {
      if (runBefore(quote) % 2 === 0) {
        this.escaped = false
        return quote
      }
    }
    this.escaped = runBefore(chunk.length) % 2 === 1
    return -1
  }

  private keep(piece: Buffer): void {
    this.kept += piece.length
    if (this.kept > this.maxRecordBytes) this.pieces = []
    else this.pieces.push(piece)
  }

  private emit(piece: Buffer): void {
    this.keep(piece)
    if (this.kept > this.maxRecordBytes) this.refuse('record.too-large', this.start, { limit: this.maxRecordBytes })
    else if (this.unseparated) this.refuse('record.no-comma', this.start)
    else this.records.push({ ...this.start, bytes: this.pieces.length === 1 ? piece : Buffer.concat(this.pieces, this.kept) })
    this.pieces = []
    this.kept = 0
    this.unseparated = false
    this.place = 'after-value'
  }

  private refuse(code: ErrorCode, where = { line: this.line, byte: this.byte }, params: Record<string, number> = {}): void {
    this.records.push({ ...where, fault: { code, params } })
  }

  private taken(): RawRecord[] {
    const records = this.records
    this.records = []
    return records
  }
}
