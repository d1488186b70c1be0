import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { MolianError } from '@/lib/errors'
import { csvColumns } from '@/lib/pair-formats/format'
import { pairOfFields, passageNames, type PairOutcome, premiseNames } from '@/lib/pair-formats/pair-of-record'
import { unguarded } from '@/lib/pair-formats/write'
import { faultInText } from '@/lib/text/text-fault'
import { recordLimits } from '@/lib/text/records'

type Line = { record: Buffer[]; info: { lines: number } }

/**
 * Rows of a CSV as pairs, one at a time, each with the line where it ends. The first row names the columns; the comma, the
 * tab or the semicolon parts them, whichever the first row has most of. Throws `pairs.no-columns` where no two columns
 * are a premise and a passage.
 */
export async function* csvPairs(utf8: AsyncIterable<Buffer>, file: string): AsyncGenerator<PairOutcome & { line: number }> {
  const { first, all } = await firstLine(utf8)
  const parser = parse({
    delimiter: delimiterOf(first),
    bom: true,
    encoding: null,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: recordLimits.maxRecordBytes,
  })
  const skipped: { line: number; reason: string }[] = []
  parser.on('skip', (error) => skipped.push({ line: error?.lines ?? 0, reason: error?.message ?? '' }))
  const source = Readable.from(all)
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  let columns: string[] | undefined
  let isOurs = false
  const lines: AsyncIterable<Line> = parser
  for await (const { record, info } of lines) {
    // A first row that cannot be read names no columns; the parser may be rows ahead, and a fault of theirs is none of it.
    if (!columns && skipped[0] && skipped[0].line < info.lines) namesOf(null, file)
    while (skipped[0]) yield unreadable(skipped.shift())
    const cells = textsOf(record)
    if (!columns) {
      columns = namesOf(cells, file)
      isOurs = columns.join() === csvColumns.join()
    } else yield { line: info.lines, ...(cells ? pairOfCells(cells, columns, isOurs) : { ok: false, code: 'pairs.not-utf8', params: {} }) }
  }
  if (!columns) namesOf(null, file)
  while (skipped[0]) yield unreadable(skipped.shift())
}

function pairOfCells(cells: readonly string[], columns: readonly string[], isOurs: boolean): PairOutcome {
  if (cells.length !== columns.length) return { ok: false, code: 'pairs.cells', params: { expected: columns.length, found: cells.length } }
  const record = Object.fromEntries(columns.map((column, at) => [column, isOurs ? unguarded(cells[at] ?? '') : (cells[at] ?? '')]))
  const fault = faultInText(record)
  return fault ? { ok: false, ...fault } : pairOfFields(record)
}

function namesOf(cells: readonly string[] | null, file: string): string[] {
  const columns = (cells ?? []).map((name) => name.trim().toLowerCase())
  const has = (names: readonly string[]) => names.some((name) => columns.includes(name))
  if (!has(premiseNames) || !has(passageNames)) throw new MolianError('pairs.no-columns', { file, found: columns.join(', ').slice(0, 200), premise: premiseNames.join(', '), passage: passageNames.join(', ') })
  return columns
}

function unreadable(skip: { line: number; reason: string } | undefined): PairOutcome & { line: number } {
  return { line: skip?.line ?? 0, ok: false, code: 'pairs.not-csv', params: { reason: skip?.reason ?? '' } }
}

/** The cells as text; null where their bytes are no UTF-8. */
function textsOf(cells: readonly Buffer[]): string[] | null {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return cells.map((cell) => decoder.decode(cell))
  } catch {
    return null
  }
}

function delimiterOf(line: string): string {
  const count = (mark: string) => line.split(mark).length
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best))
}

const headBytes = 64 * 1024

async function firstLine(utf8: AsyncIterable<Buffer>): Promise<{ first: string; all: AsyncGenerator<Buffer> }> {
  const iterator = utf8[Symbol.asyncIterator]()
  const held: Buffer[] = []
  let size = 0
  for (;;) {
    const next = await iterator.next()
    if (next.done) break
    held.push(next.value)
    size += next.value.length
    if (size >= headBytes || next.value.includes(0x0a)) break
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield* held
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  }
  const head = Buffer.concat(held).subarray(0, headBytes).toString('utf8')
  return { first: head.split(/[\r\n]/)[0] ?? '', all: all() }
}
