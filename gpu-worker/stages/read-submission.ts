import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { announce } from '@/lib/events'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import { submissionSettings } from '@/lib/settings/submissions'
import { boundsOfFile, judgedText } from '@/lib/stages/stories/judged-text'
import { putStories, putTries, type NewTry } from '@/lib/stages/stories/put-story'
import { startScoring } from '@/lib/stages/stories/scoring'
import { fileRunSettings } from '@/lib/stages/stories/run-settings'
import type { CheckRecord } from '@/lib/stages/submissions/submissions'
import { checkSubmission } from '@/lib/submission/check'
import { openRecordFile } from '@/lib/text/record-file'
import { premiseOf } from '@/lib/text/test-row'
import { expectedRows, knownRows, type KnownRow } from '@/gpu-worker/stages/read-submission/known-rows'

const batch = 500

/** Takes the stories out of a submission made elsewhere, each to the row that it answers, then checks the file as it came. */
export const readSubmission: Handler = async (attempt) => {
  const run = await db().storyRun.findUniqueOrThrow({ where: { id: attempt.subjectId }, include: { testFile: true, submissions: true } })
  const [submission] = run.submissions
  if (!submission) throw new Error('A run of a file has a submission')
  const { fileName } = fileRunSettings.parse(run.settings).writer
  const total = run.testFile.rowCount
  attempt.progress({ done: 0, total, phase: 'reading' })
  const file = inHome(artifactPath.submission(submission.id))
  const stories = await keepStories(attempt, run.id, file, fileName, await knownRows(run.testFileId), total)
  attempt.progress({ done: total, total, phase: 'checking' })
  const check = await checkSubmission(file, expectedRows(run.testFileId), submissionSettings.parse(submission.settings))
  const { rows, expected, problems, moreProblems, sha256, bytes } = check
  const record: CheckRecord = { rows, expected, problems, moreProblems }
  await attempt.write(async (tx) => {
    await tx.submission.update({ where: { id: submission.id }, data: { sha256, bytes, problems: record } })
    await announce(tx, { project: run.projectId, topic: 'submissions', id: submission.id })
  })
  attempt.progress({ done: stories, total, phase: 'checking' })
  if (stories > 0) await startScoring(run.projectId, run.id)
  return { rows, bytes, sha256, stories, problems: problems.length + moreProblems }
}

/** Stories that answer a row; of several for the same row the first. Returns how many there are. */
async function keepStories(attempt: Attempt, storyRunId: string, file: string, fileName: string, rows: (record: Record<string, unknown>, place: number) => KnownRow | null, total: number): Promise<number> {
  const { epoch } = attempt
  let [place, kept] = [0, 0]
  let waiting: NewTry[] = []
  const flush = async () => {
    const stories = waiting
    waiting = []
    kept += stories.length
    await attempt.write(async (tx) => {
      await putTries(tx, storyRunId, epoch, stories)
      await putStories(tx, storyRunId, epoch, stories.map((tried) => ({ tried, attempts: 1, byPerson: false })))
    })
    attempt.progress({ done: Math.min(place, total), total, phase: 'reading' })
    attempt.signal.throwIfAborted()
  }
  const { records } = await openRecordFile(file, fileName)
  for await (const record of records) {
    const row = record.ok ? rows(record.value, place) : null
    place += 1
    const output = record.ok ? record.value.output : null
    if (!row || typeof output !== 'string' || output.trim() === '') continue
    waiting.push(storyOf(row, output))
    if (waiting.length >= batch) await flush()
  }
  await flush()
  return kept
}

function storyOf(row: KnownRow, text: string): NewTry {
  const judged = judgedText(text, premiseOf(row), unknown, boundsOfFile)
  return { ...judged, outcome: 'good', testRowId: row.id, number: 1, kind: 'written', fromNumber: null, seed: 0, finishReason: unknown, promptTokens: null, completionTokens: null, latencyMs: 0, storyRewriteId: null }
}

/** A file does not say how its stories ended. */
const unknown = 'unknown'
