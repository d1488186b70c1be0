import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { announce } from '@/lib/events'
import type { Attempt, Handler } from '@/lib/queue/attempt'
import { submissionSettings } from '@/lib/settings/submissions'
import { boundsOfFile, judgedText } from '@/lib/stages/stories/judged-text'
import { putStories, putTries, type NewTry } from '@/lib/stages/stories/put-story'
import { startScoring } from '@/lib/stages/stories/scoring'
import { fileRunSettings } from '@/lib/stages/stories/run-settings'
import { storiesPrint } from '@/lib/stages/stories/print'
import { keepFigures } from '@/lib/stages/submissions/figures'
import type { CheckRecord } from '@/lib/stages/submissions/submissions'
import { inspectSubmission } from '@/lib/submission/check'
import { outputPrint } from '@/lib/submission/output-print'
import { answerIn, type Answers } from '@/lib/submission/read-answers'
import { openRecordFile } from '@/lib/text/record-file'
import { premiseOf } from '@/lib/text/test-row'
import { expectedRows, knownRows, type KnownRow } from '@/gpu-worker/stages/read-submission/expected-rows'

const batch = 500

/** Checks a submission made elsewhere as it came, and takes its stories out of it, each to the row that it answers. */
export const readSubmission: Handler = async (attempt) => {
  const run = await db().storyRun.findUniqueOrThrow({ where: { id: attempt.subjectId }, include: { testFile: true, submissions: { where: { jobId: attempt.jobId } } } })
  const [submission] = run.submissions
  if (!submission) throw new Error('A run of a file has a submission')
  const { fileName } = fileRunSettings.parse(run.settings).writer
  const total = run.testFile.rowCount
  const file = inHome(artifactPath.submission(submission.id))
  attempt.progress({ done: 0, total, phase: 'checking' })
  const { check, answers } = await inspectSubmission(file, fileName, expectedRows(run.testFileId), submissionSettings.parse(submission.settings))
  attempt.progress({ done: 0, total, phase: 'reading' })
  const { stories, outputPrints } = await keepStories(attempt, run.id, file, fileName, await knownRows(run.testFileId), answers)
  const { sha256, bytes, ...record }: CheckRecord & { sha256: string; bytes: number } = check
  const made = { outputPrints, tryNumbers: outputPrints.map((print) => (print === 0 ? 0 : 1)), storiesPrint: await storiesPrint(run.id) }
  await attempt.write(async (tx) => {
    await tx.submission.update({ where: { id: submission.id }, data: { sha256, bytes, problems: record, ...made }, select: { id: true } })
    await keepFigures(tx, run.id)
    await announce(tx, { project: run.projectId, topic: 'submissions', id: submission.id })
  })
  attempt.progress({ done: stories, total, phase: 'reading' })
  if (stories > 0) await startScoring(run.projectId, run.id)
  return { rows: record.rows, bytes, sha256, stories, problems: record.problems.length + record.moreProblems }
}

/** Keeps the answers of a file as the stories of their rows. Returns how many there are, and of each row the print of its output. */
async function keepStories(attempt: Attempt, storyRunId: string, file: string, fileName: string, rows: readonly KnownRow[], answers: Answers | null): Promise<{ stories: number; outputPrints: number[] }> {
  const { epoch } = attempt
  const rowAt = answers && new Map([...answers.byRow].map(([row, answer]) => [answer.place, row]))
  const outputPrints = rows.map(() => 0)
  let [place, stories] = [0, 0]
  let waiting: NewTry[] = []
  const flush = async () => {
    const kept = waiting
    waiting = []
    stories += kept.length
    await attempt.write(async (tx) => {
      await putTries(tx, storyRunId, epoch, kept)
      await putStories(tx, storyRunId, epoch, kept.map((tried) => ({ tried, attempts: 1, byPerson: false })))
    })
    attempt.progress({ done: Math.min(place, rows.length), total: rows.length, phase: 'reading' })
    attempt.signal.throwIfAborted()
  }
  if (rowAt?.size === 0) return { stories, outputPrints }
  const { records } = await openRecordFile(file, fileName, { wanted: 'test', ...(answers ? { chosen: answers.encoding } : {}) })
  for await (const record of records) {
    const ordinal = rowAt ? rowAt.get(place) : place
    place += 1
    const said = answerIn(record)
    const row = ordinal === undefined ? undefined : rows[ordinal]
    if (!said || !row || ordinal === undefined) continue
    outputPrints[ordinal] = outputPrint(said.output)
    waiting.push(storyOf(row, said.output))
    if (waiting.length >= batch) await flush()
  }
  await flush()
  return { stories, outputPrints }
}

function storyOf(row: KnownRow, text: string): NewTry {
  const judged = judgedText(text, premiseOf(row), unknown, boundsOfFile)
  return { ...judged, outcome: 'good', testRowId: row.id, number: 1, kind: 'written', fromNumber: null, seed: 0, finishReason: unknown, promptTokens: null, completionTokens: null, latencyMs: 0, storyRewriteId: null, address: null }
}

/** A file does not say how its stories ended. */
const unknown = 'unknown'
