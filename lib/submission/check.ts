import path from 'node:path'
import type { ErrorCode } from '@/lib/error-sentences'
import { MolianError, type ErrorParams } from '@/lib/errors'
import type { SubmissionSettings } from '@/lib/settings/submissions'
import { formOf, withoutMark } from '@/lib/submission/file-form'
import { type FixKind, fixOf, type Mending, mendingOf } from '@/lib/submission/fixes'
import { type Answers, readAnswers } from '@/lib/submission/read-answers'
import { printOfRow, type RowPrint } from '@/lib/submission/row-print'
import { readRecords } from '@/lib/text/records'

/** A row as the test file has it, every field; what a submission must hand back but for `output`. */
export type ExpectedRow = Record<string, unknown>

/** What is wrong, in which row (from 1; 0 is the file itself), and what can be done about it. */
export type Problem = { row: number; code: ErrorCode; params: ErrorParams; fix: FixKind | null }

/** `mending`: what making a right file of it would change; missing where nothing is wrong. */
export type SubmissionCheck = { rows: number; expected: number; bytes: number; sha256: string; problems: Problem[]; moreProblems: number; mending?: Mending }

/** Problems beyond this many are counted, not listed. */
const listed = 200

/**
 * Checks a submission against its test file: UTF-8 without byte order mark, one JSON object a line, the same rows in
 * the same order, every field but `output` unchanged, every output a string with something in it.
 * Throws upload.unreadable, and upload.empty for a file without any row.
 */
export async function checkSubmission(file: string, expected: Expected, settings: SubmissionSettings): Promise<SubmissionCheck> {
  return (await inspectSubmission(file, path.basename(file), expected, settings)).check
}

type Expected = AsyncIterable<ExpectedRow> | Iterable<ExpectedRow>

/**
 * The check of a file, and which of its records answers which row: null where each stands at its own place. `fileName` is what people
 * know the file by. Throws as checkSubmission.
 */
export async function inspectSubmission(file: string, fileName: string, expected: Expected, settings: SubmissionSettings): Promise<{ check: SubmissionCheck; answers: Answers | null }> {
  const problems: Omit<Problem, 'fix'>[] = []
  let moreProblems = 0
  const report = (row: number, code: ErrorCode, params: ErrorParams = {}) => {
    if (problems.length < listed) problems.push({ row, code, params })
    else moreProblems += 1
  }

  const form = await formOf(file, fileName)
  if (form.mark) report(0, 'submission.byte-order-mark')
  if (form.carriageReturn) report(0, 'submission.carriage-return')
  if (form.blankLines > 0) report(0, 'submission.blank-lines', { count: form.blankLines })
  if (!form.isLines) report(0, 'submission.not-lines')

  const wanted = asIterator(expected)
  let rows = 0
  let [read, unread] = [0, 0]
  let line = 0
  let want = await wanted.next()
  let total = 0
  const prints: RowPrint[] = []
  for await (const record of readRecords(withoutMark(file, fileName, form.mark), fileName)) {
    rows += 1
    line += 1
    if (record.line !== line) report(rows, 'submission.not-a-row-a-line', { line: record.line })
    line = record.line
    if (!record.ok) report(rows, record.code, record.params)
    // Text in another encoding is hardly ever UTF-8 by chance: where more of it is than is not, a few bytes are damaged.
    if (record.ok) read += 1
    else if (record.code === 'record.invalid-utf8') unread += 1
    if (want.done) {
      report(rows, 'submission.extra-row')
      continue
    }
    total += 1
    prints.push(printOfRow(want.value))
    if (record.ok) checkRow(record.value, want.value, rows, settings, report)
    want = await wanted.next()
  }
  while (!want.done) {
    total += 1
    prints.push(printOfRow(want.value))
    report(total, 'submission.missing-row')
    want = await wanted.next()
  }
  const check = { rows, expected: total, bytes: form.bytes, sha256: form.sha256, moreProblems }
  if (problems.length === 0) return { check: { ...check, problems: [] }, answers: null }
  const answers = await readAnswers(file, fileName, prints, read > unread ? 'utf-8' : undefined).catch((error: unknown): Answers => {
    // What cannot be opened in any encoding answers nothing.
    if (!(error instanceof MolianError)) throw error
    return { byRow: new Map(), left: [], padded: 0, encoding: 'utf-8' }
  })
  return { check: { ...check, problems: problems.map((problem) => ({ ...problem, fix: fixOf(problem, answers, total) })), mending: mendingOf(form, answers, total) }, answers }
}

type Report = (row: number, code: ErrorCode, params?: ErrorParams) => void

function checkRow(row: Record<string, unknown>, wanted: ExpectedRow, number: number, settings: SubmissionSettings, report: Report): void {
  for (const field of new Set([...Object.keys(wanted), ...Object.keys(row)])) {
    if (field === 'output') continue
    if (JSON.stringify(row[field]) !== JSON.stringify(wanted[field])) report(number, 'submission.changed-field', { field })
  }
  const { output } = row
  if (typeof output !== 'string') report(number, 'submission.no-output')
  else if (output.trim() === '') report(number, 'submission.empty-output')
  else {
    const length = [...output].length
    if (length < settings.minimumCharacters) report(number, 'submission.short-output', { length, minimum: settings.minimumCharacters })
  }
}

function asIterator(rows: Expected): AsyncIterator<ExpectedRow> | Iterator<ExpectedRow> {
  return Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]()
}
