import { MolianError } from '@/lib/errors'
import { csvPairs } from '@/lib/pair-formats/csv-pairs'
import { hasConstantInstruction, lookedAt } from '@/lib/pair-formats/constant-instruction'
import type { PairReading } from '@/lib/pair-formats/format'
import { formatOfRecord, type JsonReading, pairOfRecord, type PairOutcome } from '@/lib/pair-formats/pair-of-record'
import { decodeToUtf8 } from '@/lib/text/decode'
import { detectEncoding, SAMPLE_BYTES } from '@/lib/text/encoding'
import { openSource } from '@/lib/text/open-source'
import { peek } from '@/lib/text/peek'
import { type RecordOutcome, readRecords, recordLimits } from '@/lib/text/records'

const unpackedLimit = 4 * 1024 ** 3
/** Characters of records that are held back at most. */
const heldCharacters = 4_000_000

/** A file of pairs being read; `format()` is known once the first pair has come. */
export type OpenedPairs = { encoding: string; format(): PairReading | null; pairs: AsyncGenerator<PairOutcome & { line: number }> }

/**
 * Opens a file of pairs of any form and encoding, packed by zip or gzip or not, and gives one pair at a time: memory holds
 * the first records of an Alpaca file, else one, never the file. `asked` is a person's word on the form; without it the
 * first record that has a known one decides for all, and of an Alpaca file whose first records share one instruction the
 * input alone is taken. Throws upload.* and entry.* where the file as a whole cannot be read.
 */
export async function openPairs(path: string, file: string, asked: PairReading | null, onBytes: (read: number) => void = () => {}): Promise<OpenedPairs> {
  for await (const source of openSource(path, file, { unpackedBytes: unpackedLimit }, onBytes)) {
    if (!('chunks' in source)) {
      if (!source.skipped) throw new MolianError(source.fault.code, source.fault.params)
      continue
    }
    const { sample, isWhole, all } = await peek(source.chunks, SAMPLE_BYTES)
    const { encoding } = detectEncoding(sample, file, isWhole)
    const utf8 = decodeToUtf8(all, encoding)
    if (asked === 'csv' || (asked === null && !looksLikeJson(sample, encoding))) return { encoding, format: () => 'csv', pairs: csvPairs(utf8, file) }
    let format: JsonReading | null = asked
    return { encoding, format: () => format, pairs: jsonPairs() }

    async function* jsonPairs(): AsyncGenerator<PairOutcome & { line: number }> {
      const { held, isConstant, rest } = await lookedAhead(readRecords(utf8, file, recordLimits, encoding), asked)
      try {
        for await (const record of chained(held, rest)) {
          if (!record.ok) yield record
          else {
            const looks = format ?? formatOfRecord(record.value)
            format ??= looks === 'alpaca' && isConstant ? 'alpaca-input' : looks
            const outcome: PairOutcome = format === null ? { ok: false, code: 'pairs.unknown-form', params: { fields: Object.keys(record.value).join(', ').slice(0, 100) } } : pairOfRecord(record.value, format)
            yield { line: record.line, ...outcome }
          }
        }
      } finally {
        await rest.return(undefined)
      }
    }
  }
  throw new MolianError('upload.empty', { file })
}

function looksLikeJson(sample: Buffer, encoding: string): boolean {
  const text = new TextDecoder(encoding).decode(sample.subarray(0, 4096))
  return /^\s*[[{]/.test(text)
}

/** The first records of what looks like Alpaca, held back until it is known whether they share their instruction. */
async function lookedAhead(rest: AsyncGenerator<RecordOutcome>, asked: PairReading | null): Promise<{ held: RecordOutcome[]; isConstant: boolean; rest: AsyncGenerator<RecordOutcome> }> {
  const held: RecordOutcome[] = []
  const alpaca: Record<string, unknown>[] = []
  for (let characters = 0; asked === null && held.length < lookedAt && characters < heldCharacters; ) {
    const next = await rest.next()
    if (next.done) break
    held.push(next.value)
    if (!next.value.ok) continue
    const looks = formatOfRecord(next.value.value)
    if (looks !== null && looks !== 'alpaca') break
    if (looks === 'alpaca') alpaca.push(next.value.value)
    for (const field of Object.values(next.value.value)) characters += typeof field === 'string' ? field.length : 0
  }
  return { held, isConstant: hasConstantInstruction(alpaca), rest }
}

async function* chained<T>(first: readonly T[], rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield* first
  yield* rest
}
