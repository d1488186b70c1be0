import { isUtf8 } from 'node:buffer'
import { MolianError } from '@/lib/errors'
import type { RecordLimits, RecordOutcome } from '@/lib/text/records'
import { textTitle } from '@/lib/text/text-title'
import { decodeValidUtf8 } from '@/lib/text/utf8'

/** What of a text could not be read: how many characters, and the first of their lines. */
export interface TextDamage {
  count: number
  lines: number[]
}

const REPLACEMENT = '\ufffd'
const LISTED_LINES = 50
/** With more than this the file is in another encoding, or no text. */
const SHARE_OF_DAMAGE = 0.01

/**
 * A text file as one novel, titled by its name. `chunks` are UTF-8 as decodeToUtf8 gives it; what is no
 * character stands as U+FFFD in the text and is told to `onDamage`. Throws upload.empty for blank text.
 */
export async function* textNovel(
  chunks: AsyncIterable<Buffer>,
  file: string,
  limits: RecordLimits,
  onDamage: (damage: TextDamage) => void,
): AsyncGenerator<RecordOutcome> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > limits.maxRecordBytes) {
      yield { ok: false, line: 1, code: 'record.too-large', params: { limit: limits.maxRecordBytes } }
      return
    }
    pieces.push(chunk)
  }
  const bytes = Buffer.concat(pieces, size)
  const raw = isUtf8(bytes) ? decodeValidUtf8(bytes) : bytes.toString('utf8')
  if (raw.trim() === '') throw new MolianError('upload.empty', { file })
  // No text in a database holds NUL.
  const text = raw.includes('\0') ? raw.replaceAll('\0', REPLACEMENT) : raw
  const damage = damageIn(text)
  if (damage.count > Math.max(1, text.length * SHARE_OF_DAMAGE)) {
    yield { ok: false, line: damage.lines[0] ?? 1, code: 'record.damaged-text', params: { count: damage.count } }
    return
  }
  onDamage(damage)
  yield { ok: true, line: 1, value: { name: textTitle(file, text), text } }
}

function damageIn(text: string): TextDamage {
  const damage: TextDamage = { count: 0, lines: [] }
  let line = 1
  let counted = 0
  for (let at = text.indexOf(REPLACEMENT); at !== -1; at = text.indexOf(REPLACEMENT, at + 1)) {
    damage.count += 1
    if (damage.lines.length >= LISTED_LINES) continue
    for (let feed = text.indexOf('\n', counted); feed !== -1 && feed < at; feed = text.indexOf('\n', feed + 1)) line += 1
    counted = at
    if (damage.lines.at(-1) !== line) damage.lines.push(line)
  }
  return damage
}
