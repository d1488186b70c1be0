import { artifactPath, inHome, writeAtomically } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { announce } from '@/lib/events'
import type { Handler } from '@/lib/queue/attempt'
import { submissionSettings } from '@/lib/settings/submissions'
import type { CheckRecord } from '@/lib/stages/submissions'
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

async function* rowsWithStories(testFileId: string, storyRunId: string): AsyncGenerator<{ record: Record<string, unknown>; output: string }> {
  for await (const row of testRowsInOrder(testFileId, storyRunId)) yield { record: row.record, output: row.output }
}

async function* expectedRows(testFileId: string): AsyncGenerator<ExpectedRow> {
  for await (const row of testRowsInOrder(testFileId, null)) yield row.record
}

async function* testRowsInOrder(testFileId: string, storyRunId: string | null): AsyncGenerator<{ record: Record<string, unknown>; output: string }> {
  let next = 0
  for (;;) {
    const rows = await db().testRow.findMany({
      where: { testFileId, ordinal: { gte: next } },
      orderBy: { ordinal: 'asc' },
      take: page,
      include: { stories: { where: storyRunId ? { storyRunId } : { id: -1 } } },
    })
    for (const row of rows) {
      yield { record: recordSchema.parse(row.record), output: row.stories[0]?.text ?? '' }
      next = row.ordinal + 1
    }
    if (rows.length < page) return
  }
}
