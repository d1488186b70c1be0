import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Submission } from '@/lib/generated/prisma/client'
import { insertJob, startOnce, workKey } from '@/lib/queue/enqueue'
import { submissionSettings, type SubmissionSettings } from '@/lib/settings/submissions'
import { nextOrdinal } from '@/lib/stages/ordinal'
import { fileRunSettings } from '@/lib/stages/stories/run-settings'
import { keepFile } from '@/lib/stages/uploads/keep-file'
import { displayName } from '@/lib/stages/uploads/uploads'

/**
 * Receives a submission made elsewhere as it comes and queues its check; its stories become a story run, so that it is scored and
 * compared as any other. The very same file for the same test file again is the submission that there is, `isNew` false.
 * Throws run.missing, upload.empty, upload.too-large, upload.disk-full, upload.interrupted.
 */
export async function importSubmission(
  projectId: string,
  order: { testFileId: string; fileName: string; settings: SubmissionSettings },
  body: AsyncIterable<Uint8Array>,
): Promise<Submission & { isNew: boolean }> {
  const settings = submissionSettings.parse(order.settings)
  const testFile = await db().testFile.findFirst({ where: { id: order.testFileId, projectId, upload: { state: 'ready' } } })
  if (!testFile) throw new MolianError('run.missing', { what: 'test file' })
  const fileName = displayName(order.fileName)
  const id = randomUUID()
  const { bytes, sha256 } = await keepFile(inHome(artifactPath.submission(id)), fileName, body)
  const key = workKey('read-submission', projectId, testFile.id, sha256, settings)
  const submission = await startOnce(
    key,
    (subjectId) => db().submission.findFirstOrThrow({ where: { storyRunId: subjectId }, orderBy: { ordinal: 'asc' } }),
    async (tx, storyRunId) => {
      const job = await insertJob(tx, { name: 'read-submission', projectId, subjectId: storyRunId, idempotencyKey: key })
      const writer = { kind: 'file' as const, fileName, sha256 }
      await tx.storyRun.create({
        data: {
          id: storyRunId, projectId, ordinal: await nextOrdinal(tx, 'story_run', projectId), testFileId: testFile.id,
          settings: fileRunSettings.parse({ writer }), servedName: fileName, jobId: job.id,
        },
      })
      const ordinal = await nextOrdinal(tx, 'submission', projectId)
      const run = await tx.submission.create({ data: { id, projectId, ordinal, storyRunId, settings, path: artifactPath.submission(id), bytes, jobId: job.id } })
      return { job, run }
    },
  )
  const isNew = submission.id === id
  if (!isNew) await rm(inHome(artifactPath.submissionDirectory(id)), { recursive: true, force: true })
  return { ...submission, isNew }
}

/**
 * Takes a submission made elsewhere away, with its stories, what was measured on them, and submissions that were made of them here.
 * Throws run.missing and submission.still-read.
 */
export async function removeImport(projectId: string, id: string): Promise<void> {
  const run = await db().storyRun.findFirst({ where: { projectId, promptVersionId: null, submissions: { some: { id } } }, include: { scoring: true, submissions: { include: { job: true } } } })
  if (!run) throw new MolianError('run.missing', { what: 'submission' })
  const { submissions, scoring } = run
  if (submissions.some(({ job }) => job.state === 'running' || job.state === 'queued')) throw new MolianError('submission.still-read')
  // With their jobs the rows go too.
  await db().job.deleteMany({ where: { id: { in: [...submissions, ...(scoring ? [scoring] : [])].map(({ jobId }) => jobId) } } })
  for (const one of submissions) await rm(inHome(artifactPath.submissionDirectory(one.id)), { recursive: true, force: true })
}
