import { db } from '@/lib/db'
import { drawer } from '@/lib/draw'
import { MolianError } from '@/lib/errors'
import { ring } from '@/lib/queue/enqueue'
import { reopen } from '@/lib/queue/lease'
import { rowPremise } from '@/lib/stages/stories/row-premise'

/** Rows that a preview writes. */
export const previewSize = 5

/** Ordinals of a preview's rows, drawn by the run's own seed, ascending. */
export function rowsOfPreview(rowCount: number, seed: number): number[] {
  const draw = drawer(seed)
  const drawn = new Set<number>()
  while (drawn.size < Math.min(previewSize, rowCount)) drawn.add(Math.floor(draw() * rowCount))
  return [...drawn].sort((one, other) => one - other)
}

/** Makes the whole of a run that was a preview, where the job of this key is one. Throws stories.preview-running while it waits or runs. */
export async function widenPreview(idempotencyKey: string): Promise<void> {
  const run = await db().storyRun.findFirst({ where: { job: { idempotencyKey } }, select: { id: true, jobId: true, previewRows: true } })
  if (!run || run.previewRows.length === 0) return
  const job = await reopen(run.jobId, async (tx) => {
    await tx.storyRun.update({ where: { id: run.id }, data: { previewRows: [] }, select: { id: true } })
  })
  if (!job) throw new MolianError('stories.preview-running')
  await ring(job)
}

/** Has every row of a preview's test file written. Throws run.missing and stories.preview-running. */
export async function writeWhole(projectId: string, storyRunId: string): Promise<void> {
  const run = await db().storyRun.findFirst({ where: { id: storyRunId, projectId }, select: { job: { select: { idempotencyKey: true } } } })
  if (!run?.job.idempotencyKey) throw new MolianError('run.missing', { what: 'story run' })
  await widenPreview(run.job.idempotencyKey)
}

export type PreviewStory = { ordinal: number; premise: string; text: string; outcome: 'good' | 'refused'; flaws: string[]; characters: number }

/** A preview's stories whole, in the order of their rows. */
export async function previewStories(storyRunId: string): Promise<PreviewStory[]> {
  return db().$queryRaw<PreviewStory[]>`
    SELECT r.ordinal, ${rowPremise} AS premise, s.text, s.outcome, s.flaws, coalesce(s.characters, 0) AS characters
    FROM story s JOIN test_row r ON r.id = s.test_row_id WHERE s.story_run_id = ${storyRunId}::uuid ORDER BY r.ordinal LIMIT ${previewSize}`
}
