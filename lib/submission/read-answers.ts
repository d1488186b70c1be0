import { type RowPrint, printOfRow } from '@/lib/submission/row-print'
import type { TextEncoding } from '@/lib/text/encoding'
import { openRecordFile } from '@/lib/text/record-file'
import type { RecordOutcome } from '@/lib/text/records'

/**
 * Where the answer to a row stands in a file. `place`: which of the file's records it is, from 0. `isWhole`: every other field is as the
 * test file has it, so only the place may be wrong. `isTrailed`: other text follows on its line.
 */
export type RowAnswer = { place: number; isWhole: boolean; isTrailed: boolean }

/** What of a file answers a test file's rows, whatever its order and encoding. Rows are named by their ordinals. */
export type Answers = {
  byRow: ReadonlyMap<number, RowAnswer>
  /** Places of records that answer no row. */
  left: readonly number[]
  /** Answers that begin or end in blanks. */
  padded: number
  /** What the file was read as. */
  encoding: TextEncoding
}

type Waiting = { place: number; print: RowPrint; isTrailed: boolean; isPadded: boolean }

/**
 * Brings a file's records and the rows together: first each record with the row at its own place, then what is left by all other
 * fields, then by the premise alone; of several that would do, the first. An empty answer answers nothing.
 * `chosen` is the encoding where it is known already.
 */
export async function readAnswers(file: string, fileName: string, rows: readonly RowPrint[], chosen?: TextEncoding): Promise<Answers> {
  const byRow = new Map<number, RowAnswer>()
  const left: number[] = []
  const waiting: Waiting[] = []
  // Records without an answer that stand at their own row: what such a row lacks is its answer, not its place.
  const blank: number[] = []
  let padded = 0
  const take = (row: number, { place, isTrailed, isPadded }: Waiting, isWhole: boolean) => {
    byRow.set(row, { place, isWhole, isTrailed })
    if (isPadded) padded += 1
  }
  const { records, encoding } = await openRecordFile(file, fileName, { wanted: 'test', ...(chosen ? { chosen } : {}) })
  let place = 0
  for await (const record of records) {
    const said = answerIn(record)
    if (!said) (record.ok && rows[place]?.whole === printOfRow(record.value).whole ? blank : left).push(place)
    else {
      const one = { place, print: printOfRow(said.fields), isTrailed: !record.ok, isPadded: said.output !== said.output.trim() }
      if (rows[place]?.whole === one.print.whole) take(place, one, true)
      else waiting.push(one)
    }
    place += 1
  }
  const homeless = settle(waiting, rows, byRow, ({ whole }) => whole, (row, one) => take(row, one, true))
  const none = settle(homeless, rows, byRow, ({ premise }) => premise, (row, one) => take(row, one, false))
  return { byRow, left: [...left, ...none.map((one) => one.place), ...blank.filter((at) => byRow.has(at))].toSorted((one, other) => one - other), padded, encoding: encoding.encoding }
}

/** A record's answer with the fields that say which row it is of; null where it has none. */
export function answerIn(record: RecordOutcome): { fields: Record<string, unknown>; output: string } | null {
  const fields = record.ok ? record.value : record.opening
  const output = fields?.output
  return fields && typeof output === 'string' && output.trim() !== '' ? { fields, output } : null
}

/** Gives each waiting record the row of its print: the one at its own place, else the first that nothing answers. Returns those without one. */
function settle(waiting: readonly Waiting[], rows: readonly RowPrint[], byRow: ReadonlyMap<number, RowAnswer>, printOf: (print: RowPrint) => string, take: (row: number, one: Waiting) => void): Waiting[] {
  if (waiting.length === 0) return []
  const free = new Map<string, number[]>()
  rows.forEach((row, ordinal) => {
    const print = printOf(row)
    if (print === '' || byRow.has(ordinal)) return
    const known = free.get(print)
    if (known) known.push(ordinal)
    else free.set(print, [ordinal])
  })
  for (const ordinals of free.values()) ordinals.reverse()
  return waiting.filter((one) => {
    const own = rows[one.place]
    const wanted = printOf(one.print)
    const ordinals = free.get(wanted)
    if (own && wanted !== '' && printOf(own) === wanted && !byRow.has(one.place)) {
      take(one.place, one)
      return false
    }
    while (ordinals && ordinals.length > 0) {
      const ordinal = ordinals.pop()
      if (ordinal === undefined || byRow.has(ordinal)) continue
      take(ordinal, one)
      return false
    }
    return true
  })
}
