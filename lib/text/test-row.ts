import { z } from 'zod'
import type { RecordFault } from '@/lib/text/json-scan'
import { kindOf } from '@/lib/text/records'

/** A row of test.json, as far as a story is written for it; the whole record is kept beside it for the submission. */
export interface TestRow {
  instruction: string
  input: string
}

/** What a row's story is to tell: its input, or the instruction of a row whose input is blank. lib/stages/stories/row-premise.ts says the same in SQL. */
export function premiseOf({ input, instruction }: TestRow): string {
  return input.trim() === '' ? instruction : input
}

const testRow = z.looseObject({
  instruction: z.string(),
  input: z.string(),
  output: z.string().optional(),
})

/** A record as a test row: `instruction` and `input` are strings, one of them not blank; `output` may be left out. */
export function testRowOf(record: Record<string, unknown>): { ok: true; row: TestRow } | ({ ok: false } & RecordFault) {
  const parsed = testRow.safeParse(record)
  if (!parsed.success) return { ok: false, ...faultOf(record) }
  const { instruction, input } = parsed.data
  if (instruction.trim() === '' && input.trim() === '') return { ok: false, code: 'record.empty-text', params: { field: 'input' } }
  return { ok: true, row: { instruction, input } }
}

function faultOf(record: Record<string, unknown>): RecordFault {
  const absent = ['instruction', 'input'].find((field) => !Object.hasOwn(record, field))
  if (absent !== undefined) return { code: 'record.missing-field', params: { field: absent } }
  const field = ['instruction', 'input', 'output'].find((name) => typeof record[name] !== 'string') ?? 'output'
  return { code: 'record.not-string', params: { field, found: kindOf(record[field]) } }
}
