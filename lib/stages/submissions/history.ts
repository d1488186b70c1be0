import { db } from '@/lib/db'
import type { TryKind } from '@/lib/generated/prisma/client'
import { storiesPrint } from '@/lib/stages/stories/print'
import { rowPremise } from '@/lib/stages/stories/row-premise'
import type { SubmissionWithRun } from '@/lib/stages/submissions/submissions'

/** How a row came to another output than before: written again, gone on with, edited by hand, a try chosen that was there, blanks taken off, or by another run. */
export const changeKinds = ['written', 'continued', 'edited', 'chosen', 'trimmed', 'other-run'] as const
export type ChangeKind = (typeof changeKinds)[number]

export type ChangedRow = { ordinal: number; premise: string; kind: ChangeKind }

/** How a submission differs from the one before it; `rows` null where the rows of one of them are not known. */
export type Difference = { before: { id: string; ordinal: number }; rows: number | null; kinds: { kind: ChangeKind; rows: number }[] }

type Compared = Pick<SubmissionWithRun, 'id' | 'ordinal' | 'storyRunId' | 'createdAt' | 'madeFrom'> & { storyRun: { testFileId: string } }

/** The one that a submission is held against: whose file was mended, else the one before of the same run; null where it is the first. Any order. */
export function beforeOf<T extends Compared>(submission: T, all: readonly T[]): T | null {
  const mended = all.find(({ id }) => id === submission.madeFrom?.id)
  if (mended) return mended
  const earlier = all.filter(({ ordinal, storyRunId }) => ordinal < submission.ordinal && storyRunId === submission.storyRunId)
  return earlier.toSorted((one, other) => other.ordinal - one.ordinal)[0] ?? null
}

/** The difference of two submissions of one test file, counted. */
export async function differenceBetween(before: Compared, after: Compared): Promise<Difference> {
  const named = { id: before.id, ordinal: before.ordinal }
  const known = await db().submission.count({ where: { id: { in: [before.id, after.id] }, outputPrints: { isEmpty: false } } })
  if (known < 2) return { before: named, rows: null, kinds: [] }
  const counts = new Map<ChangeKind, number>()
  const rows = await changedTries(before, after)
  for (const row of rows) {
    const kind = kindOf(row, before, after)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return { before: named, rows: rows.length, kinds: changeKinds.flatMap((kind) => (counts.has(kind) ? [{ kind, rows: counts.get(kind) ?? 0 }] : [])) }
}

/** The rows in which two submissions differ, in their order, at most `take` of them. */
export async function changedRows(before: Compared, after: Compared, take = 1000): Promise<ChangedRow[]> {
  const changed = (await changedTries(before, after)).slice(0, take)
  const premises = await db().$queryRaw<{ ordinal: number; premise: string }[]>`
    SELECT ordinal, ${rowPremise} AS premise FROM test_row WHERE test_file_id = ${after.storyRun.testFileId}::uuid AND ordinal = ANY(${changed.map(({ ordinal }) => ordinal)})`
  const of = new Map(premises.map(({ ordinal, premise }) => [ordinal, premise]))
  return changed.map((row) => ({ ordinal: row.ordinal, premise: of.get(row.ordinal) ?? '', kind: kindOf(row, before, after) }))
}

type ChangedTry = { ordinal: number; from: number; to: number; kind: TryKind | null; at: Date | null }

function changedTries(before: Compared, after: Compared): Promise<ChangedTry[]> {
  return db().$queryRaw<ChangedTry[]>`
    SELECT (x.place - 1)::int AS ordinal, x.ta AS from, x.tb AS to, t.kind, t.at
    FROM submission a JOIN submission b ON b.id = ${after.id}::uuid
      CROSS JOIN LATERAL unnest(a.output_prints, b.output_prints, a.try_numbers, b.try_numbers) WITH ORDINALITY AS x(pa, pb, ta, tb, place)
      JOIN test_row r ON r.test_file_id = ${after.storyRun.testFileId}::uuid AND r.ordinal = x.place - 1
      LEFT JOIN story_try t ON t.story_run_id = b.story_run_id AND t.test_row_id = r.id AND t.number = x.tb
    WHERE a.id = ${before.id}::uuid AND x.pa IS DISTINCT FROM x.pb ORDER BY x.place`
}

function kindOf({ from, to, kind, at }: ChangedTry, before: Compared, after: Compared): ChangeKind {
  if (before.storyRunId !== after.storyRunId) return 'other-run'
  if (from === to) return 'trimmed'
  // A try that was there already has only been taken in another's stead.
  if (from !== 0 && (kind === null || (at !== null && at < before.createdAt))) return 'chosen'
  return kind ?? 'chosen'
}

/** How many rows of each submission a person has edited; one without any is missing. */
export async function editedRows(projectId: string): Promise<Map<string, number>> {
  const rows = await db().$queryRaw<{ id: string; edited: number }[]>`
    SELECT s.id, count(*)::int AS edited FROM submission s JOIN story_try t ON t.story_run_id = s.story_run_id AND t.kind = 'edited'
      JOIN test_row r ON r.id = t.test_row_id AND s.try_numbers[r.ordinal + 1] = t.number
    WHERE s.project_id = ${projectId}::uuid GROUP BY s.id`
  return new Map(rows.map(({ id, edited }) => [id, edited]))
}

/** How many of a run's stories are, as they stand, a person's text: the next submission carries them. */
export async function editedStories(storyRunId: string): Promise<number> {
  const [row] = await db().$queryRaw<{ edited: number }[]>`
    SELECT count(*)::int AS edited FROM story s JOIN story_try t ON t.story_run_id = s.story_run_id AND t.test_row_id = s.test_row_id AND t.number = s.try_number AND t.kind = 'edited'
    WHERE s.story_run_id = ${storyRunId}::uuid`
  return row?.edited ?? 0
}

/** Those of some submissions whose run's stories are no longer what they were made of. */
export async function changedSince<T extends Pick<SubmissionWithRun, 'storyRunId' | 'storiesPrint'>>(submissions: readonly T[]): Promise<T[]> {
  const prints = await Promise.all(submissions.map(({ storyRunId }) => storiesPrint(storyRunId)))
  return submissions.filter((submission, at) => submission.storiesPrint !== null && submission.storiesPrint !== prints[at])
}

/** What a submission's file has in one row, with how that text came about; null where it has none or that is not known. */
export async function outputOf(submissionId: string, ordinal: number): Promise<{ text: string; kind: TryKind } | null> {
  const [row] = await db().$queryRaw<{ text: string; kind: TryKind; trims: boolean | null }[]>`
    SELECT t.text, t.kind, (s.mending->>'trims')::boolean AS trims FROM submission s JOIN story_run u ON u.id = s.story_run_id
      JOIN test_row r ON r.test_file_id = u.test_file_id AND r.ordinal = ${ordinal}
      JOIN story_try t ON t.story_run_id = u.id AND t.test_row_id = r.id AND t.number = s.try_numbers[${ordinal + 1}::int] WHERE s.id = ${submissionId}::uuid`
  return row ? { text: row.trims ? row.text.trim() : row.text, kind: row.kind } : null
}
