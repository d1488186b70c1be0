import type { ErrorCode } from '@/lib/error-sentences'
import type { ErrorParams } from '@/lib/errors'
import { codePoints } from '@/lib/text/counts'

/** Why a record is refused. */
export interface RecordFault {
  code: ErrorCode
  params: ErrorParams
}

type Expected = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing'

const QUOTE = 0x22, BACKSLASH = 0x5c, COMMA = 0x2c, COLON = 0x3a
const OPEN_BRACE = 0x7b, CLOSE_BRACE = 0x7d, OPEN_BRACKET = 0x5b, CLOSE_BRACKET = 0x5d
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const NO_NUMBER = /^[+-]?(?:nan|infinity)$/i
const CUT_TOKEN = /^(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|-?\d[\d.eE+-]*)$/
const SHOWN_KEY_LENGTH = 40

/**
 * Walks the brackets, keys and commas of one JSON value without building it, and says what
 * `JSON.parse` would let pass or could only mumble about: keys that stand twice, `__proto__`,
 * depth, numbers beyond a double, commas too many, ends that are missing. Strings are skipped
 * from quote to quote, so that a novel of ten megabytes costs next to nothing.
 */
export function scanRecord(bytes: Buffer, maxDepth: number): RecordFault | undefined {
  // The keys of each object that is open, undefined for an array.
  const keysOf: (Keys | undefined)[] = []
  let expected: Expected = 'value'
  let at = 0

  while (at < bytes.length) {
    const byte = bytes[at] ?? 0
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) {
      at += 1
      continue
    }
    const keys = keysOf.at(-1)
    switch (expected) {
      case 'key':
      case 'key-or-end': {
        if (byte === CLOSE_BRACE) {
          if (expected === 'key') return { code: 'record.trailing-comma', params: {} }
          keysOf.pop()
          expected = afterValue(keysOf)
          at += 1
          break
        }
        if (byte !== QUOTE || keys === undefined) return notJson(bytes, at)
        const end = stringEnd(bytes, at)
        if (end === -1) return { code: 'record.truncated', params: {} }
        const key = keyText(bytes, at, end)
        if (key === '__proto__') return { code: 'record.forbidden-key', params: { key } }
        if (!keys.take(key)) return { code: 'record.duplicate-key', params: { key: key.slice(0, SHOWN_KEY_LENGTH) } }
        expected = 'colon'
        at = end + 1
        break
      }
      case 'colon':
        if (byte !== COLON) return notJson(bytes, at)
        expected = 'value'
        at += 1
        break
      case 'comma-or-end':
        if (byte === COMMA) expected = keys ? 'key' : 'value'
        else if (byte === (keys ? CLOSE_BRACE : CLOSE_BRACKET)) {
          keysOf.pop()
          expected = afterValue(keysOf)
        } else return notJson(bytes, at)
        at += 1
        break
      case 'nothing':
        return byte === COMMA && isBlank(bytes, at + 1) ? { code: 'record.trailing-comma', params: {} } : notJson(bytes, at)
      default: {
        if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
          if (keysOf.length >= maxDepth) return { code: 'record.too-deep', params: { limit: maxDepth } }
          keysOf.push(byte === OPEN_BRACE ? new Keys() : undefined)
          expected = byte === OPEN_BRACE ? 'key-or-end' : 'value-or-end'
          at += 1
        } else if (byte === CLOSE_BRACKET && keysOf.length > 0 && keys === undefined) {
          if (expected === 'value') return { code: 'record.trailing-comma', params: {} }
          keysOf.pop()
          expected = afterValue(keysOf)
          at += 1
        } else if (byte === QUOTE) {
          const end = stringEnd(bytes, at)
          if (end === -1) return { code: 'record.truncated', params: {} }
          expected = afterValue(keysOf)
          at = end + 1
        } else {
          const end = tokenEnd(bytes, at)
          const fault = tokenFault(bytes, at, end)
          if (fault) return fault
          expected = afterValue(keysOf)
          at = end
        }
      }
    }
  }
  return expected === 'nothing' ? undefined : { code: 'record.truncated', params: {} }
}

function afterValue(open: readonly unknown[]): Expected {
  return open.length === 0 ? 'nothing' : 'comma-or-end'
}

const FEW_KEYS = 16

/** The keys seen in one object: a list while there are few, as in almost every record, then a set. */
class Keys {
  private readonly few: string[] = []
  private many: Set<string> | undefined

  /** False when the key was there before. */
  take(key: string): boolean {
    if (this.many) {
      const before = this.many.size
      return this.many.add(key).size > before
    }
    if (this.few.includes(key)) return false
    this.few.push(key)
    if (this.few.length > FEW_KEYS) this.many = new Set(this.few)
    return true
  }
}

/** The offset of a string's closing quote, or -1; `at` is its opening quote. */
function stringEnd(bytes: Buffer, at: number): number {
  let quote = bytes.indexOf(QUOTE, at + 1)
  while (quote !== -1) {
    let slash = quote - 1
    while (slash > at && bytes[slash] === BACKSLASH) slash -= 1
    if ((quote - slash) % 2 === 1) return quote
    quote = bytes.indexOf(QUOTE, quote + 1)
  }
  return -1
}

function keyText(bytes: Buffer, from: number, to: number): string {
  const raw = bytes.toString('utf8', from + 1, to)
  if (!raw.includes('\\')) return raw
  try {
    return String(JSON.parse(`"${raw}"`))
  } catch {
    return raw
  }
}

function tokenEnd(bytes: Buffer, at: number): number {
  let end = at
  while (end < bytes.length) {
    const byte = bytes[end] ?? 0
    if (byte <= 0x20 || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || byte === COLON || byte === QUOTE) break
    end += 1
  }
  return end
}

function tokenFault(bytes: Buffer, at: number, end: number): RecordFault | undefined {
  const token = bytes.toString('latin1', at, end)
  if (token === 'true' || token === 'false' || token === 'null') return undefined
  if (NUMBER.test(token) && Number.isFinite(Number(token))) return undefined
  if (NUMBER.test(token) || NO_NUMBER.test(token)) {
    return { code: 'record.number', params: { number: token.slice(0, SHOWN_KEY_LENGTH) } }
  }
  const cutOff = end === bytes.length && end > at && CUT_TOKEN.test(token)
  return cutOff ? { code: 'record.truncated', params: {} } : notJson(bytes, at)
}

function notJson(bytes: Buffer, at: number): RecordFault {
  return { code: 'record.not-json', params: { column: codePoints(bytes.toString('utf8', 0, at)) + 1 } }
}

function isBlank(bytes: Buffer, from: number): boolean {
  return bytes.toString('latin1', from).trim() === ''
}
