import { z } from 'zod'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Prisma, Submission } from '@/lib/generated/prisma/client'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { submissionSettings, type SubmissionSettings } from '@/lib/settings/submissions'
import { nextOrdinal } from '@/lib/stages/ordinal'
import { storiesPrint } from '@/lib/stages/stories/print'
import { fixKind, mending } from '@/lib/submission/fixes'

const problemSchema = z.object({
  row: z.number(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Null also of checks from before this was looked for. */
  fix: fixKind.nullable().default(null),
})

/** What the check found, as the row keeps it. No problem: the submission may be downloaded. */
export const checkRecord = z.object({
  rows: z.number(),
  expected: z.number(),
  problems: z.array(problemSchema),
  moreProblems: z.number(),
  mending: mending.optional(),
})
export type CheckRecord = z.infer<typeof checkRecord>

const whole = {
  job: true,
  madeFrom: { select: { id: true, ordinal: true } },
  mended: { select: { id: true, ordinal: true }, orderBy: { ordinal: 'desc' } },
  storyRun: { include: { model: true, endpoint: { omit: { keyCipher: true } }, testFile: true } },
} as const
/** Of every row, and read only where rows are compared. */
const ofRows = { outputPrints: true, tryNumbers: true } as const

export type SubmissionWithRun = Prisma.SubmissionGetPayload<{ include: typeof whole; omit: typeof ofRows }>

/** Queues the writing and checking of a finished story run's submit.json. */
export async function startSubmission(projectId: string, storyRunId: string, settings: SubmissionSettings): Promise<Submission> {
  const frozen = submissionSettings.parse(settings)
  const run = await db().storyRun.findFirst({ where: { id: storyRunId, projectId, previewRows: { isEmpty: true }, stories: { some: {} }, job: { state: 'succeeded' } } })
  if (!run) throw new MolianError('run.missing', { what: 'finished story run' })
  // A story that a person has changed makes it another submission.
  const key = workKey('make-submission', storyRunId, frozen, await storiesPrint(storyRunId))
  return startOnce(
    key,
    (id) => db().submission.findUniqueOrThrow({ where: { id } }),
    async (tx, id) => {
      const job = await insertJob(tx, { name: 'make-submission', projectId, subjectId: id, idempotencyKey: key })
      const ordinal = await nextOrdinal(tx, 'submission', projectId)
      const run = await tx.submission.create({ data: { id, projectId, ordinal, storyRunId, settings: frozen, jobId: job.id } })
      return { job, run }
    },
  )
}

/** A project's submissions, each with its story run, the newest first. */
export async function listSubmissions(projectId: string): Promise<SubmissionWithRun[]> {
  return db().submission.findMany({ where: { projectId }, include: whole, omit: ofRows, orderBy: { ordinal: 'desc' } })
}

/** Of one story run, newest first. */
export async function submissionsOf(storyRunId: string): Promise<Pick<Submission, 'id' | 'ordinal'>[]> {
  return db().submission.findMany({ where: { storyRunId }, select: { id: true, ordinal: true }, orderBy: { ordinal: 'desc' } })
}

/** One submission with its story run; null where the project has none of this id. */
export async function findSubmission(projectId: string, id: string): Promise<SubmissionWithRun | null> {
  return z.uuid().safeParse(id).success ? db().submission.findFirst({ where: { id, projectId }, include: whole, omit: ofRows }) : null
}

/** What the check of this submission found; null while it was not checked. */
export function checkOf(submission: Pick<Submission, 'problems'>): CheckRecord | null {
  return checkRecord.safeParse(submission.problems).data ?? null
}

/** The file of a submission that passed its checks. Throws run.missing, submission.not-made and submission.check-failed. */
export async function downloadable(id: string): Promise<{ path: string; sha256: string; bytes: number }> {
  const submission = z.uuid().safeParse(id).success ? await db().submission.findUnique({ where: { id } }) : null
  if (!submission) throw new MolianError('run.missing', { what: 'submission' })
  const check = checkOf(submission)
  if (!check || !submission.path || !submission.sha256 || submission.bytes === null) throw new MolianError('submission.not-made')
  const [first] = check.problems
  if (first) throw new MolianError('submission.check-failed', { ...first.params, problem: first.code, row: first.row })
  return { path: submission.path, sha256: submission.sha256, bytes: submission.bytes }
}
