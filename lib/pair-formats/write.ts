import { stringify } from 'csv-stringify/sync'
import { csvColumns, type PairFormat, type TravellingPair } from '@/lib/pair-formats/format'

/** Pairs in one of the forms, batch by batch as text: what comes of it again by read.ts is the same. */
export async function* writePairs(format: PairFormat, batches: AsyncIterable<readonly TravellingPair[]>): AsyncGenerator<string> {
  switch (format) {
    case 'alpaca':
      return yield* jsonArray(batches, ({ premise, passage }) => ({ instruction: '', input: premise, output: passage }))
    case 'sharegpt':
      return yield* jsonArray(batches, ({ premise, passage }) => ({ conversations: [{ from: 'human', value: premise }, { from: 'gpt', value: passage }] }))
    case 'openai':
      return yield* jsonLines(batches, ({ premise, passage }) => ({ messages: [{ role: 'user', content: premise }, { role: 'assistant', content: passage }] }))
    case 'json-lines':
      return yield* jsonLines(batches, ({ premise, passage, split, novel, chapter }) => ({ premise, passage, split, novel, chapter }))
    case 'csv':
      return yield* csv(batches)
  }
}

async function* jsonArray(batches: AsyncIterable<readonly TravellingPair[]>, recordOf: (pair: TravellingPair) => object): AsyncGenerator<string> {
  yield '[\n'
  let isFirst = true
  for await (const batch of batches) {
    if (batch.length === 0) continue
    yield `${isFirst ? '' : ',\n'}${batch.map((pair) => JSON.stringify(recordOf(pair))).join(',\n')}`
    isFirst = false
  }
  yield '\n]\n'
}

async function* jsonLines(batches: AsyncIterable<readonly TravellingPair[]>, recordOf: (pair: TravellingPair) => object): AsyncGenerator<string> {
  for await (const batch of batches) yield batch.map((pair) => `${JSON.stringify(recordOf(pair))}\n`).join('')
}

/** With a byte order mark, without which spreadsheets take UTF-8 for something else. */
async function* csv(batches: AsyncIterable<readonly TravellingPair[]>): AsyncGenerator<string> {
  yield `\ufeff${csvColumns.join(',')}\r\n`
  for await (const batch of batches) {
    yield stringify(
      batch.map((pair) => csvColumns.map((column) => guarded(pair[column] ?? ''))),
      { record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
    )
  }
}

/** What a spreadsheet would take for a formula gets an apostrophe before it; so does what begins with one, so that it can be told apart. */
function guarded(cell: string): string {
  return /^[=+\-@\t\r']/.test(cell) ? `'${cell}` : cell
}

/** The cell without the apostrophe that `guarded` set before it. */
export function unguarded(cell: string): string {
  return /^'[=+\-@\t\r']/.test(cell) ? cell.slice(1) : cell
}
