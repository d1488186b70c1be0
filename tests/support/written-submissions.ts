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
  const upload = await db().upload.create({ data: { projectId, kind: 'test', fileName: 'test.json', state: 'ready', sha256: randomUUID(), accepted: premises.length, total: premises.length, files: { create: { name: 'test.json', ordinal: 0, state: 'taken', accepted: premises.length } }, jobId: (await doneJob('read-upload', projectId)).id } })
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
  const told = stories.flatMap((story, at) => {
    const row = rows[at]
    return story && row ? [{ ...story, testRowId: row.id }] : []
  })
  const columns = told.map(({ text, flaws = [], testRowId }) => ({ storyRunId: run.id, testRowId, outcome: 'good' as const, text, flaws, finishReason: 'stop', seed: 1, latencyMs: 1, epoch: 0 }))
  await db().storyTry.createMany({ data: columns.map((story) => ({ ...story, number: 1, kind: 'written' as const })) })
  const written = await db().story.createManyAndReturn({ data: columns.map((story) => ({ ...story, attempts: 1 })), select: { id: true, testRowId: true } })
  await db().storyScore.createMany({
    data: told.flatMap(({ figures, testRowId }) => {
      const story = written.find((each) => each.testRowId === testRowId)
      const all = Object.fromEntries(measureNames.map((measure) => [measure, figures?.[measure] ?? null]))
      return figures && story ? [{ storyId: story.id, rules: scoringRules, measures: { figures: all, repeatedClause: null, missingWords: [], copiedFrom: null } }] : []
    }),
  })
  const submission = await db().submission.create({ data: { projectId, ordinal, storyRunId: run.id, settings: {}, sha256: randomUUID(), path: `submissions/${randomUUID()}.json`, jobId: (await doneJob('make-submission', projectId)).id } })
  return { id: submission.id, storyRunId: run.id }
}

async function doneJob(name: 'read-upload' | 'write-stories' | 'make-submission', projectId: string) {
  const job = await makeJob(name, projectId)
  return db().job.update({ where: { id: job.id }, data: { state: 'succeeded', finishedAt: new Date() } })
}
