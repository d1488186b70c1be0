import { randomUUID } from 'node:crypto'
import { db } from '@/lib/db'
import { type Measure, measureNames } from '@/lib/scoring/measure-kinds'
import { scoringRules } from '@/lib/scoring/measures'
import { makeJob, makeProject } from '@/tests/support/jobs'

export type Told = { text: string; figures?: Partial<Record<Measure, number>>; flaws?: string[] }
export type WrittenSubmission = { id: string; storyRunId: string }

/** A project whose test file has these premises. */
export async function makeTestFile(premises: readonly string[]): Promise<{ projectId: string; testFileId: string }> {
  const projectId = await makeProject()
  const upload = await db().upload.create({ data: { projectId, kind: 'test', fileName: 'test.json', state: 'ready', jobId: (await doneJob('read-upload', projectId)).id } })
  const file = await db().testFile.create({ data: { projectId, uploadId: upload.id, rowCount: premises.length, premises: new Set(premises).size } })
  await db().testRow.createMany({ data: premises.map((input, ordinal) => ({ testFileId: file.id, ordinal, instruction: '', input, record: {} })) })
  return { projectId, testFileId: file.id }
}

/** A written run with its submission: one story a row, null for a row without one. */
export async function writeSubmission(file: { projectId: string; testFileId: string }, stories: readonly (Told | null)[]): Promise<WrittenSubmission> {
  const { projectId, testFileId } = file
  const ordinal = (await db().storyRun.count({ where: { projectId } })) + 1
  const settings = { writer: { kind: 'file', fileName: `${ordinal}.json`, sha256: randomUUID() } }
  const run = await db().storyRun.create({ data: { projectId, testFileId, ordinal, servedName: `模型${ordinal}`, settings, jobId: (await doneJob('write-stories', projectId)).id } })
  const rows = await db().testRow.findMany({ where: { testFileId }, orderBy: { ordinal: 'asc' } })
  for (const [at, told] of stories.entries()) {
    const row = rows[at]
    if (!told || !row) continue
    const story = await db().story.create({
      data: { storyRunId: run.id, testRowId: row.id, outcome: 'good', text: told.text, flaws: told.flaws ?? [], finishReason: 'stop', seed: 1, attempts: 1, latencyMs: 1, epoch: 1 },
    })
    const figures = Object.fromEntries(measureNames.map((measure) => [measure, told.figures?.[measure] ?? null]))
    if (told.figures) await db().storyScore.create({ data: { storyId: story.id, rules: scoringRules, measures: { figures, repeatedClause: null, missingWords: [], copiedFrom: null } } })
  }
  const submission = await db().submission.create({ data: { projectId, ordinal, storyRunId: run.id, settings: {}, jobId: (await doneJob('make-submission', projectId)).id } })
  return { id: submission.id, storyRunId: run.id }
}

async function doneJob(name: 'read-upload' | 'write-stories' | 'make-submission', projectId: string) {
  const job = await makeJob(name, projectId)
  return db().job.update({ where: { id: job.id }, data: { state: 'succeeded', finishedAt: new Date() } })
}
