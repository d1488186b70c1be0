import { z } from 'zod'
import { artifactPath, inHome, writeAtomically } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { announce } from '@/lib/events'
import type { Handler } from '@/lib/queue/attempt'
import { submissionSettings } from '@/lib/settings/submissions'
import type { CheckRecord } from '@/lib/stages/submissions/submissions'
import { checkSubmission } from '@/lib/submission/check'
import { submissionLines } from '@/lib/submission/write'
import { expectedRows } from '@/gpu-worker/stages/read-submission/known-rows'

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

/**
 * Every row with what its story says. A refused story's text goes in too: no row may be left without output, the flaw stays
 * visible in the studio, and the check refuses a file in which an output is empty.
 */
async function* rowsWithStories(testFileId: string, storyRunId: string): AsyncGenerator<{ record: Record<string, unknown>; output: string }> {
  for (let next = 0; ; next += page) {
    const rows = await db().testRow.findMany({
      where: { testFileId, ordinal: { gte: next, lt: next + page } }, orderBy: { ordinal: 'asc' }, include: { stories: { where: { storyRunId }, select: { text: true } } },
    })
    if (rows.length === 0) return
    for (const row of rows) yield { record: recordSchema.parse(row.record), output: row.stories[0]?.text ?? '' }
  }
}
