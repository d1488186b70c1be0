import { artifactPath, inHome, writeAtomically } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { announce } from '@/lib/events'
import type { Handler } from '@/lib/queue/attempt'
import { submissionSettings } from '@/lib/settings/submissions'
import type { CheckRecord } from '@/lib/stages/submissions/submissions'
import { checkSubmission, type ExpectedRow } from '@/lib/submission/check'
import { submissionLines } from '@/lib/submission/write'
import { z } from 'zod'

const recordSchema = z.record(z.string(), z.unknown())
const page = 500

/** Writes submit.json whole or not at all, then checks the very file that will be handed out. */
export const makeSubmission: Handler = async (attempt) => {
  const submission = await db().submission.findUniqueOrThrow({
    where: { id: attempt.subjectId },
    include: { storyRun: { include: { testFile: true } } },
  })
  const { storyRun } = submission
  const total = storyRun.testFile.rowCount
  const relative = artifactPath.submission(submission.id)
  attempt.progress({ done: 0, total, phase: 'writing' })
  await writeAtomically(inHome(relative), submissionLines(rowsWithStories(storyRun.testFileId, storyRun.id)))
  attempt.progress({ done: total, total, phase: 'checking' })
  const check = await checkSubmission(inHome(relative), expectedRows(storyRun.testFileId), submissionSettings.parse(submission.settings))
  const { rows, expected, problems, moreProblems, sha256, bytes } = check
  const record: CheckRecord = { rows, expected, problems, moreProblems }
  await attempt.write(async (tx) => {
    await tx.submission.update({ where: { id: submission.id }, data: { path: relative, sha256, bytes, problems: record } })
    await announce(tx, { project: submission.projectId, topic: 'submissions', id: submission.id })
  })
  return { rows, bytes, sha256, problems: problems.length + moreProblems }
}

type Page = { where: { testFileId: string; ordinal: { gte: number } }; orderBy: { ordinal: 'asc' }; take: number }

/**
 * Every row with what its story says. A refused story's text goes in too: no row may be left without output, the flaw stays
 * visible in the studio, and the check refuses a file in which an output is empty.
 */
async function* rowsWithStories(testFileId: string, storyRunId: string): AsyncGenerator<{ record: Record<string, unknown>; output: string }> {
  const read = (query: Page) => db().testRow.findMany({ ...query, include: { stories: { where: { storyRunId }, select: { text: true } } } })
  for await (const row of inOrder(testFileId, read)) yield { record: recordSchema.parse(row.record), output: row.stories[0]?.text ?? '' }
}

async function* expectedRows(testFileId: string): AsyncGenerator<ExpectedRow> {
  for await (const row of inOrder(testFileId, (query) => db().testRow.findMany(query))) yield recordSchema.parse(row.record)
}

async function* inOrder<Row extends { ordinal: number }>(testFileId: string, read: (query: Page) => Promise<Row[]>): AsyncGenerator<Row> {
  let next = 0
  for (;;) {
    const rows = await read({ where: { testFileId, ordinal: { gte: next } }, orderBy: { ordinal: 'asc' }, take: page })
    yield* rows
    next = (rows.at(-1)?.ordinal ?? 0) + 1
    if (rows.length < page) return
  }
}
