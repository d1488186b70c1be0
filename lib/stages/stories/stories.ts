import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Job, Prisma, Story, StoryRun, TestRow, TryKind } from '@/lib/generated/prisma/client'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { rowsOfPreview, widenPreview } from '@/lib/stages/stories/preview'
import { nextOrdinal } from '@/lib/stages/ordinal'
import { rowPremise } from '@/lib/stages/stories/row-premise'
import { storyRunSettings, type StoryRunSettings } from '@/lib/stages/stories/run-settings'
import { writerColumns } from '@/lib/stages/writer'

const whole = {
  job: true,
  model: true,
  endpoint: { omit: { keyCipher: true } },
  promptVersion: true,
  testFile: { include: { upload: { select: { fileName: true } } } },
} as const

export type StoryRunWithJob = Prisma.StoryRunGetPayload<{ include: typeof whole }>

export type StoryOrder = { testFileId: string; promptVersionId: string; settings: StoryRunSettings }

/**
 * Queues a story for every row of the test file, or for a few of them as a `preview`; the same file, prompt, writer and sampling give the
 * same run, so that the whole after a preview writes only what the preview has not. Throws run.missing and stories.preview-running.
 */
export async function startStories(projectId: string, order: StoryOrder, { preview = false } = {}): Promise<StoryRun> {
  const settings = storyRunSettings.parse(order.settings)
  const { testFileId, promptVersionId } = order
  const testFile = await db().testFile.findFirst({ where: { id: testFileId, projectId, upload: { state: 'ready' } } })
  if (!testFile) throw new MolianError('run.missing', { what: 'test file' })
  const prompt = await db().promptVersion.findFirst({ where: { id: promptVersionId, projectId, purpose: 'story' } })
  if (!prompt) throw new MolianError('run.missing', { what: 'prompt version' })
  // What the length is scored against changes no story.
  const { target: _, ...drawn } = settings.sampling
  const key = workKey('write-stories', testFileId, promptVersionId, { ...settings, sampling: drawn })
  if (!preview) await widenPreview(key)
  return startOnce(
    key,
    (id) => db().storyRun.findUniqueOrThrow({ where: { id } }),
    async (tx, id) => {
      const job = await insertJob(tx, { name: 'write-stories', projectId, subjectId: id, writer: settings.writer, idempotencyKey: key })
      const ordinal = await nextOrdinal(tx, 'story_run', projectId)
      const previewRows = preview ? rowsOfPreview(testFile.rowCount, settings.sampling.seed) : []
      const run = await tx.storyRun.create({
        data: { id, projectId, ordinal, testFileId, promptVersionId, ...writerColumns(settings.writer), settings, previewRows, jobId: job.id },
      })
      return { job, run }
    },
  )
}

/** Whether a run that came with a file has brought no story: its file was read, but there is nothing to hand in or compare. */
export function isEmptyFile(run: Pick<StoryRun, 'promptVersionId'> & { job: Pick<Job, 'name' | 'state' | 'progressDone'> }): boolean {
  return run.promptVersionId === null && run.job.name === 'read-submission' && run.job.state === 'succeeded' && run.job.progressDone === 0
}

/** A project's story runs with all that hangs on them, the newest first. */
export async function listStoryRuns(projectId: string): Promise<StoryRunWithJob[]> {
  return db().storyRun.findMany({ where: { projectId }, include: whole, orderBy: { ordinal: 'desc' } })
}

/** One story run with all that hangs on it; null where the project has none of this id. */
export async function findStoryRun(projectId: string, id: string): Promise<StoryRunWithJob | null> {
  return z.uuid().safeParse(id).success ? db().storyRun.findFirst({ where: { id, projectId }, include: whole }) : null
}

export type StoryEntry = Story & { testRow: Pick<TestRow, 'ordinal' | 'input' | 'instruction'> }

export type StoryCounts = {
  good: number
  /** Good ones on which a check saw something all the same. */
  marked: number
  refused: number
  flaws: { flaw: string; count: number }[]
  completionTokens: number
}

/** How the run stands: outcomes, flaws met, tokens written. */
export async function storyCounts(storyRunId: string): Promise<StoryCounts> {
  const [good, marked, refused, flaws, tokens] = await Promise.all([
    db().story.count({ where: { storyRunId, outcome: 'good' } }),
    db().story.count({ where: { storyRunId, outcome: 'good', flaws: { isEmpty: false } } }),
    db().story.count({ where: { storyRunId, outcome: 'refused' } }),
    db().$queryRaw<{ flaw: string; count: number }[]>`
      SELECT flaw, count(*)::int AS count FROM story, unnest(flaws) AS flaw WHERE story_run_id = ${storyRunId}::uuid GROUP BY flaw ORDER BY count DESC`,
    db().story.aggregate({ where: { storyRunId }, _sum: { completionTokens: true } }),
  ])
  return { good, marked, refused, flaws, completionTokens: tokens._sum.completionTokens ?? 0 }
}

/** A finished row as the list shows it, without the whole text. `opening` is its first 80 characters. */
export type StoryLine = {
  id: number
  ordinal: number
  premise: string
  opening: string
  /** As the challenge counts them, marks and spaces left out; of stories from before that was kept, all of them. */
  characters: number
  outcome: 'good' | 'refused'
  flaws: string[]
  finishReason: string
  completionTokens: number | null
  /** How many tries there are, and what the chosen one is. */
  attempts: number
  kind: TryKind
}

/** Finished rows with an id after the given one, in the order in which they came. Throws run.missing where there is no such run. */
export async function storyLines(storyRunId: string, afterId: number, take = 1000): Promise<StoryLine[]> {
  const lines = await db().$queryRaw<StoryLine[]>`
    SELECT s.id, r.ordinal, ${rowPremise} AS premise, left(s.text, 80) AS opening,
      coalesce(s.characters, char_length(s.text))::int AS characters, s.outcome, s.flaws, s.finish_reason AS "finishReason", s.completion_tokens AS "completionTokens",
      s.attempts, t.kind
    FROM story s JOIN test_row r ON r.id = s.test_row_id
    JOIN story_try t ON t.story_run_id = s.story_run_id AND t.test_row_id = s.test_row_id AND t.number = s.try_number
    WHERE s.story_run_id = ${storyRunId}::uuid AND s.id > ${afterId} ORDER BY s.id LIMIT ${take}`
  if (lines.length === 0 && (await db().storyRun.count({ where: { id: storyRunId } })) === 0) throw new MolianError('run.missing', { what: 'story run' })
  return lines
}

/** One whole story of a run. */
export async function findStory(storyRunId: string, id: number): Promise<StoryEntry | null> {
  return db().story.findFirst({
    where: { id, storyRunId },
    include: { testRow: { select: { ordinal: true, input: true, instruction: true } } },
  })
}

/** How a run's stories ended, counted. */
export async function storyEndings(storyRunId: string): Promise<{ reason: string; count: number }[]> {
  const reasons = await db().story.groupBy({ by: ['finishReason'], where: { storyRunId }, _count: true, orderBy: { finishReason: 'asc' } })
  return reasons.map((row) => ({ reason: row.finishReason, count: row._count }))
}
