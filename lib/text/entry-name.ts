import { isUtf8 } from 'node:buffer'
import { crc32 } from 'node:zlib'
import type { ErrorCode } from '@/lib/error-sentences'
import { readAs } from '@/lib/text/plausibility'

/** What a zip entry says of its own name. */
export interface RawEntryName {
  raw: Buffer
  /** General purpose bit 11: the name is UTF-8. */
  flaggedUtf8: boolean
  extraFields: readonly { id: number; data: Buffer }[]
}

const UNICODE_PATH = 0x7075
const LONGEST_SHOWN = 200

/**
 * The name as it was meant, with `/` between its parts. Chinese Windows writes GBK without saying so,
 * macOS and Linux write UTF-8 without saying so; old programs add the UTF-8 name in an extra field.
 */
export function entryName({ raw, flaggedUtf8, extraFields }: RawEntryName): string {
  return (flaggedUtf8 ? raw.toString('utf8') : (unicodePath(raw, extraFields) ?? guessed(raw))).replaceAll('\\', '/').normalize('NFC')
}

/** Info-ZIP's field: version 1, the CRC of the plain name that it belongs to, the name in UTF-8. */
function unicodePath(raw: Buffer, fields: RawEntryName['extraFields']): string | undefined {
  const field = fields.find(({ id, data }) => id === UNICODE_PATH && data.length > 5 && data[0] === 1)
  return field && field.data.readUInt32LE(1) === crc32(raw) ? field.data.subarray(5).toString('utf8') : undefined
}

function guessed(raw: Buffer): string {
  if (isUtf8(raw)) return raw.toString('utf8')
  const [gb, big5] = [readAs(raw, 'gb18030'), readAs(raw, 'big5')]
  return big5.damaged < gb.damaged || (big5.damaged === gb.damaged && big5.plausibility > gb.plausibility) ? big5.text : gb.text
}

export type EntryNameVerdict = 'file' | 'directory' | Extract<ErrorCode, 'entry.path-escapes' | 'entry.hidden'>

/** Whether a name is one of a file to read. No name ever becomes a path; one that would leave the archive's folder is refused all the same. */
export function entryNameVerdict(name: string): EntryNameVerdict {
  const parts = name.split('/')
  if (name.startsWith('/') || /^[a-zA-Z]:/.test(name) || parts.includes('..') || name.includes('\0')) return 'entry.path-escapes'
  const hidden = parts.some((part) => (part.startsWith('.') && part !== '.') || part === '__MACOSX' || /^(?:thumbs\.db|desktop\.ini)$/i.test(part))
  if (name.endsWith('/')) return 'directory'
  return hidden ? 'entry.hidden' : 'file'
}

/** How an entry's name is shown: its whole place in the archive, without control or direction-changing characters, of bearable length. */
export function shownEntryName(name: string): string {
  const clean = [...name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim()]
  return clean.length <= LONGEST_SHOWN ? clean.join('') || 'file' : `…${clean.slice(1 - LONGEST_SHOWN).join('')}`
}
