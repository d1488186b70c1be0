import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { submissionSettings } from '@/lib/settings/submissions'
import { nextOrdinal } from '@/lib/stages/ordinal'
import { storiesPrint } from '@/lib/stages/stories/print'
import { startRewrite } from '@/lib/stages/stories/rewrites'
import { checkOf } from '@/lib/stages/submissions/submissions'
import { isMendable, mending } from '@/lib/submission/fixes'

/** How a submission was made of another one's file. `trims`: blanks at the ends of its outputs were taken off. */
export const mendedBy = z.object({ trims: z.boolean(), changes: mending.shape.changes })
export type MendedBy = z.infer<typeof mendedBy>

/**
 * Queues a right submission made of what answers each row in the file of another, which stays as it is; it is checked anew. The same
 * order again is the submission that there is. Throws run.missing and submission.nothing-to-mend.
 */
export async function startMending(projectId: string, id: string, { trims }: { trims: boolean }): Promise<{ id: string; ordinal: number }> {
  const broken = await db().submission.findFirst({ where: { id, projectId, job: { state: 'succeeded' } }, omit: { outputPrints: true, tryNumbers: true } })
  if (!broken) throw new MolianError('run.missing', { what: 'submission' })
  const plan = checkOf(broken)?.mending
  if (!plan || !isMendable(plan)) throw new MolianError('submission.nothing-to-mend')
  const settings = submissionSettings.parse(broken.settings)
  const order: MendedBy = { trims: trims && plan.padded > 0, changes: plan.changes }
  const { storyRunId } = broken
  const key = workKey('mend-submission', id, order, await storiesPrint(storyRunId))
  const named = { id: true, ordinal: true } as const
  return startOnce(
    key,
    (known) => db().submission.findUniqueOrThrow({ where: { id: known }, select: named }),
    async (tx, newId) => {
      const job = await insertJob(tx, { name: 'make-submission', projectId, subjectId: newId, idempotencyKey: key })
      const ordinal = await nextOrdinal(tx, 'submission', projectId)
      const run = await tx.submission.create({ data: { id: newId, projectId, ordinal, storyRunId, settings, madeFromId: id, mending: order, jobId: job.id }, select: named })
      return { job, run }
    },
  )
}

/** Further tries that a row has whose output is none. */
const triesAgain = 2
/** Rows that are written again at once. */
const mostRows = 1000

/** Ordinals of a run's rows whose story is none, or has fewer characters than a submission asked for. */
export async function unansweredRows(storyRunId: string, minimumCharacters: number): Promise<number[]> {
  const rows = await db().$queryRaw<{ ordinal: number }[]>`
    SELECT r.ordinal FROM story s JOIN test_row r ON r.id = s.test_row_id
    WHERE s.story_run_id = ${storyRunId}::uuid AND (s.text !~ '[^[:space:]\u3000]' OR char_length(s.text) < ${minimumCharacters}) ORDER BY r.ordinal LIMIT ${mostRows}`
  return rows.map(({ ordinal }) => ordinal)
}

/**
 * Has the rows written again whose output a submission's check found empty or too short. Returns the run that writes them and how many they are.
 * Throws run.missing, submission.nothing-to-write, and what startRewrite throws.
 */
export async function writeUnanswered(projectId: string, id: string): Promise<{ storyRunId: string; rows: number }> {
  const submission = await db().submission.findFirst({ where: { id, projectId }, select: { storyRunId: true, settings: true, storyRun: { select: { promptVersionId: true } } } })
  if (!submission) throw new MolianError('run.missing', { what: 'submission' })
  const { storyRunId } = submission
  const rows = submission.storyRun.promptVersionId === null ? [] : await unansweredRows(storyRunId, submissionSettings.parse(submission.settings).minimumCharacters)
  if (rows.length === 0) throw new MolianError('submission.nothing-to-write')
  await startRewrite(projectId, storyRunId, { flaws: [], adherenceBelow: null, tries: triesAgain, continueCutOff: false, rows })
  return { storyRunId, rows: rows.length }
}
