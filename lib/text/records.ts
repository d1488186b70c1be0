import { isUtf8 } from 'node:buffer'
import type { ErrorCode } from '@/lib/error-sentences'
import type { ErrorParams } from '@/lib/errors'
import { MolianError } from '@/lib/errors'
import { DAMAGE } from '@/lib/text/decode'
import type { TextEncoding } from '@/lib/text/encoding'
import { LineSplitter, type RawRecord } from '@/lib/text/json-lines'
import { scanRecord, type RecordFault } from '@/lib/text/json-scan'
import { ValueSplitter } from '@/lib/text/json-values'
import { decodeValidUtf8, firstInvalidUtf8, withoutCutCharacter } from '@/lib/text/utf8'
import { recordForm } from '@/lib/text/record-form'
import { faultInText } from '@/lib/text/text-fault'

/**
 * A parsed record, or why it is refused; `line` is the line of the file where it begins, from 1. `opening` is the one object that the
 * record begins with, where only the text after it is wrong.
 */
export type RecordOutcome =
  | { ok: true; line: number; value: Record<string, unknown> }
  | { ok: false; line: number; code: ErrorCode; params: ErrorParams; opening?: Record<string, unknown> }

export interface RecordLimits {
  /** UTF-8 bytes of one record; a larger one is refused without being held in memory. */
  maxRecordBytes: number
  /** Levels of brackets. */
  maxDepth: number
}

export const recordLimits: RecordLimits = { maxRecordBytes: 64 * 1024 * 1024, maxDepth: 64 }

const FORM_BYTES = 64 * 1024
const ESCAPED_CODE = Buffer.from('\\u')
const [QUOTE, BACKSLASH, OPENING_BRACE, CLOSING_BRACE] = [0x22, 0x5c, 0x7b, 0x7d]

/**
 * Reads JSON Lines, a JSON array, or objects over several lines from UTF-8 bytes without byte
 * order mark, one record at a time. A bad record is reported and never loses the others. `encoding` is what
 * the bytes were before they became UTF-8. Throws upload.empty when there is nothing but blank space.
 */
export async function* readRecords(
  chunks: AsyncIterable<Buffer>,
  file: string,
  limits: RecordLimits = recordLimits,
  encoding: TextEncoding = 'utf-8',
): AsyncGenerator<RecordOutcome> {
  let head: Buffer[] = []
  let headBytes = 0
  let splitter: LineSplitter | ValueSplitter | undefined
  const begun = () => {
    const first = Buffer.concat(head)
    head = []
    const form = recordForm(first)
    splitter = form === 'lines' ? new LineSplitter(limits.maxRecordBytes) : new ValueSplitter(form, limits.maxRecordBytes)
    return { splitter, first }
  }

  let any = false
  for await (const chunk of chunks) {
    let raws: RawRecord[]
    if (splitter) raws = splitter.push(chunk)
    else {
      head.push(chunk)
      headBytes += chunk.length
      if (headBytes < FORM_BYTES) continue
      const begin = begun()
      raws = begin.splitter.push(begin.first)
    }
    for (const raw of raws) {
      any = true
      yield outcomeOf(raw, limits.maxDepth, encoding)
    }
  }
  const rest: RawRecord[] = []
  if (!splitter) {
    const begin = begun()
    rest.push(...begin.splitter.push(begin.first))
  }
  rest.push(...(splitter?.end() ?? []))
  for (const raw of rest) {
    any = true
    yield outcomeOf(raw, limits.maxDepth, encoding)
  }
  if (!any) throw new MolianError('upload.empty', { file })
}

function outcomeOf(raw: RawRecord, maxDepth: number, encoding: TextEncoding): RecordOutcome {
  if ('fault' in raw) return { ok: false, line: raw.line, ...raw.fault }
  const parsed = isUtf8(raw.bytes) ? parseRecord(raw.bytes, maxDepth) : wrongBytes(raw.bytes, raw, encoding)
  if ('value' in parsed) return { ok: true, line: raw.line, value: parsed.value }
  const opening = parsed.code === 'record.not-json' ? openingObject(raw.bytes, maxDepth) : null
  return { ok: false, line: raw.line, ...parsed, ...(opening ? { opening } : {}) }
}

/** The object that ends before the record does; none where another one may begin after it, which would be lost. */
function openingObject(bytes: Buffer, maxDepth: number): Record<string, unknown> | null {
  const end = endOfObject(bytes)
  if (end === null || bytes.includes(OPENING_BRACE, end)) return null
  const parsed = parseRecord(bytes.subarray(0, end), maxDepth)
  return 'value' in parsed ? parsed.value : null
}

/** Where the brace that a record begins with is closed; bytes of UTF-8 beyond ASCII are none of these marks. */
function endOfObject(bytes: Buffer): number | null {
  let depth = 0
  let quoted = false
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (quoted) {
      if (byte === BACKSLASH) at += 1
      else if (byte === QUOTE) quoted = false
    } else if (byte === QUOTE) quoted = true
    else if (byte === OPENING_BRACE) depth += 1
    else if (byte === CLOSING_BRACE) {
      depth -= 1
      if (depth <= 0) return depth === 0 ? at + 1 : null
    }
  }
  return null
}

/** A file cut off within a character is cut off, not wrongly encoded. */
function wrongBytes(bytes: Buffer, at: { line: number; byte: number }, encoding: TextEncoding): RecordFault {
  const first = encoding === 'utf-8' ? firstInvalidUtf8(bytes) : bytes.indexOf(DAMAGE)
  const cutOff = encoding === 'utf-8' ? isUtf8(withoutCutCharacter(bytes)) : first === bytes.length - 1
  if (cutOff) return { code: 'record.truncated', params: {} }
  if (encoding === 'utf-8') return { code: 'record.invalid-utf8', params: { byte: at.byte + first } }
  return { code: 'record.invalid-bytes', params: { encoding, line: at.line + lineFeeds(bytes.subarray(0, first)) } }
}

function lineFeeds(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, at + 1)) count += 1
  return count
}

function parseRecord(bytes: Buffer, maxDepth: number): { value: Record<string, unknown> } | RecordFault {
  const fault = scanRecord(bytes, maxDepth)
  if (fault) return bytes.includes(0) ? { code: 'record.nul', params: {} } : fault
  let value: unknown
  try {
    value = JSON.parse(decodeValidUtf8(bytes))
  } catch {
    // The scan has passed everything outside the strings, so only their insides can be wrong.
    return { code: bytes.includes(0) ? 'record.nul' : 'record.bad-string', params: {} }
  }
  if (!isObject(value)) return { code: 'record.not-object', params: { found: kindOf(value) } }
  const inText = bytes.includes(ESCAPED_CODE) ? faultInText(value) : undefined
  return inText ?? { value }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A JSON value's kind in JSON's own words. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
