import { createHash } from 'node:crypto'
import { premiseOf } from '@/lib/text/test-row'

/** What a row is known by: `whole` is of every field but the answer, whatever their order; `premise` of what its story is to tell alone. */
export type RowPrint = { whole: string; premise: string }

export function printOfRow(record: Record<string, unknown>): RowPrint {
  const { instruction = '', input = '' } = record
  const fields = Object.entries(record).filter(([field]) => field !== 'output').toSorted(([one], [other]) => (one < other ? -1 : 1))
  const premise = typeof instruction === 'string' && typeof input === 'string' ? premiseOf({ instruction, input }).normalize('NFC').trim() : ''
  return { whole: md5(JSON.stringify(fields)), premise: premise === '' ? '' : md5(premise) }
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('base64')
}
