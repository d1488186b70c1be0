import { z } from 'zod'
import type { Answers } from '@/lib/submission/read-answers'
import type { FileForm } from '@/lib/submission/file-form'

/** Everything that can be done about what a check finds. Only `write-again` needs a writer; the others lose no answer and change none. */
export const fixKinds = ['re-encode', 'drop-mark', 'line-ends', 'drop-blank-lines', 'one-a-line', 'drop-trailing', 'to-its-row', 'restore-fields', 'drop-row', 'write-again'] as const
export const fixKind = z.enum(fixKinds)
export type FixKind = z.infer<typeof fixKind>

/** `rows`: the first of those that it is about, from 1; none where it is about the file. */
const change = z.object({ kind: fixKind, count: z.number().int(), rows: z.array(z.number().int()) })
export type Change = z.infer<typeof change>

/** What making a right submission of a file would change, and what would still be wrong: said before it is done. */
export const mending = z.object({
  /** Rows whose answer is in the file. */
  answered: z.number().int(),
  changes: z.array(change),
  /** Rows that nothing in the file answers. */
  unanswered: z.object({ count: z.number().int(), rows: z.array(z.number().int()) }),
  /** Answers that begin or end in blanks, which may be taken off. */
  padded: z.number().int(),
})
export type Mending = z.infer<typeof mending>

/** Rows that are listed with a change. */
const listed = 12
/** Rows without an answer that are kept to be written again. */
const mostUnanswered = 1000

const ofFile: Record<string, FixKind> = {
  'submission.byte-order-mark': 'drop-mark',
  'submission.carriage-return': 'line-ends',
  'submission.blank-lines': 'drop-blank-lines',
  'submission.not-lines': 'one-a-line',
}

/** What can be done about one problem of a file, by what of the file answers its row. `expected`: rows of the test file. */
export function fixOf({ row, code }: { row: number; code: string }, answers: Answers, expected: number): FixKind | null {
  if (row === 0) return ofFile[code] ?? null
  const place = row - 1
  if (row > expected) return answers.left.includes(place) ? 'drop-row' : 'to-its-row'
  const answer = answers.byRow.get(place)
  if (!answer || code === 'submission.short-output') return 'write-again'
  if (code === 'submission.not-a-row-a-line') return 'one-a-line'
  if (answer.place !== place) return 'to-its-row'
  if (code === 'submission.changed-field') return 'restore-fields'
  return answer.isTrailed ? 'drop-trailing' : 're-encode'
}

/** The whole of what mending a file would change. */
export function mendingOf(form: FileForm, answers: Answers, expected: number): Mending {
  const rowsWhere = (is: (answer: { place: number; isWhole: boolean; isTrailed: boolean }, row: number) => boolean) => [...answers.byRow].filter(([row, answer]) => is(answer, row)).map(([row]) => row + 1)
  const about = (kind: FixKind, rows: number[]): Change[] => (rows.length === 0 ? [] : [{ kind, count: rows.length, rows: rows.toSorted((one, other) => one - other).slice(0, listed) }])
  const whole = (kind: FixKind, count: number): Change[] => (count === 0 ? [] : [{ kind, count, rows: [] }])
  const unanswered = Array.from({ length: expected }, (_, row) => row).filter((row) => !answers.byRow.has(row)).map((row) => row + 1)
  return {
    answered: answers.byRow.size,
    changes: [
      ...whole('re-encode', answers.encoding === 'utf-8' ? 0 : 1),
      ...whole('drop-mark', form.mark ? 1 : 0),
      ...whole('line-ends', form.carriageReturn ? 1 : 0),
      ...whole('drop-blank-lines', form.blankLines),
      ...whole('one-a-line', form.isLines ? 0 : 1),
      ...about('drop-trailing', rowsWhere(({ isTrailed }) => isTrailed)),
      ...about('to-its-row', rowsWhere(({ place }, row) => place !== row)),
      ...about('restore-fields', rowsWhere(({ isWhole }) => !isWhole)),
      ...about('drop-row', answers.left.map((place) => place + 1)),
    ],
    unanswered: { count: unanswered.length, rows: unanswered.slice(0, mostUnanswered) },
    padded: answers.padded,
  }
}

/** Whether a right submission, or one that is nearer to it, can be made of what the file has. */
export function isMendable({ answered, changes }: Mending): boolean {
  return answered > 0 && changes.length > 0
}
