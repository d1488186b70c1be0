import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import type { ErrorCode } from '@/lib/error-sentences'
import { MolianError, type ErrorParams } from '@/lib/errors'
import { recordForm } from '@/lib/text/record-form'
import { readRecords } from '@/lib/text/records'
import type { SubmissionSettings } from '@/lib/settings/submissions'

/** A row as the test file has it, every field; what a submission must hand back but for `output`. */
export type ExpectedRow = Record<string, unknown>

/** What is wrong, and in which row (from 1; 0 is the file itself). */
export type Problem = { row: number; code: ErrorCode; params: ErrorParams }

export type SubmissionCheck = { rows: number; expected: number; bytes: number; sha256: string; problems: Problem[]; moreProblems: number }

/** Problems beyond this many are counted, not listed. */
const listed = 200

/**
 * Checks a submission against its test file: UTF-8 without byte order mark, one JSON object a line, the same rows in
 * the same order, every field but `output` unchanged, every output a string with something in it.
 * Throws upload.unreadable, and upload.empty for a file without any row.
 */
export async function checkSubmission(
  file: string,
  expected: AsyncIterable<ExpectedRow> | Iterable<ExpectedRow>,
  settings: SubmissionSettings,
): Promise<SubmissionCheck> {
  const problems: Problem[] = []
  let moreProblems = 0
  const report = (row: number, code: ErrorCode, params: ErrorParams = {}) => {
    if (problems.length < listed) problems.push({ row, code, params })
    else moreProblems += 1
  }

  const form = await formOf(file)
  if (form.mark) report(0, 'submission.byte-order-mark')
  if (form.carriageReturn) report(0, 'submission.carriage-return')
  if (form.blankLines > 0) report(0, 'submission.blank-lines', { count: form.blankLines })
  if (!form.isLines) report(0, 'submission.not-lines')

  const wanted = asIterator(expected)
  let rows = 0
  let line = 0
  let want = await wanted.next()
  let total = 0
  for await (const record of readRecords(withoutMark(file, form.mark), path.basename(file))) {
    rows += 1
    line += 1
    if (record.line !== line) report(rows, 'submission.not-a-row-a-line', { line: record.line })
    line = record.line
    if (!record.ok) report(rows, record.code, record.params)
    if (want.done) {
      report(rows, 'submission.extra-row')
      continue
    }
    total += 1
    if (record.ok) checkRow(record.value, want.value, rows, settings, report)
    want = await wanted.next()
  }
  while (!want.done) {
    total += 1
    report(total, 'submission.missing-row')
    want = await wanted.next()
  }
  return { rows, expected: total, bytes: form.bytes, sha256: form.sha256, problems, moreProblems }
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

/** `isLines`: JSON Lines rather than an array or rows spread over several lines. */
type FileForm = { bytes: number; sha256: string; mark: boolean; carriageReturn: boolean; blankLines: number; isLines: boolean }

async function formOf(file: string): Promise<FileForm> {
  const hash = createHash('sha256')
  const form: FileForm = { bytes: 0, sha256: '', mark: false, carriageReturn: false, blankLines: 0, isLines: true }
  let atLineStart = true
  for await (const chunk of bytesOf(file)) {
    if (form.bytes === 0) {
      form.mark = chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf
      form.isLines = recordForm(form.mark ? chunk.subarray(3) : chunk) === 'lines'
    }
    form.bytes += chunk.length
    hash.update(chunk)
    form.carriageReturn ||= chunk.includes(0x0d)
    if (atLineStart && chunk[0] === 0x0a) form.blankLines += 1
    for (let at = chunk.indexOf('\n\n'); at !== -1; at = chunk.indexOf('\n\n', at + 1)) form.blankLines += 1
    atLineStart = chunk[chunk.length - 1] === 0x0a
  }
  form.sha256 = hash.digest('hex')
  return form
}

async function* withoutMark(file: string, mark: boolean): AsyncGenerator<Buffer> {
  let first = mark
  for await (const chunk of bytesOf(file)) {
    yield first ? chunk.subarray(3) : chunk
    first = false
  }
}

async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      if (Buffer.isBuffer(chunk)) yield chunk
    }
  } catch (cause) {
    throw new MolianError('upload.unreadable', { file: path.basename(file), reason: cause instanceof Error ? cause.message : String(cause) }, { cause })
  }
}

function asIterator(rows: AsyncIterable<ExpectedRow> | Iterable<ExpectedRow>): AsyncIterator<ExpectedRow> | Iterator<ExpectedRow> {
  return Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]()
}
