import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'

/**
 * Deletes a submission that was made here, with its file and what the check and the challenge said of it; the stories stay, and so do
 * submissions that were mended from it. Throws run.missing, and submission.still-made while its job waits or runs.
 */
export async function deleteSubmission(projectId: string, id: string): Promise<void> {
  const submission = z.uuid().safeParse(id).success
    ? await db().submission.findFirst({ where: { id, projectId, job: { name: 'make-submission' } }, select: { jobId: true, job: { select: { state: true } } } })
    : null
  if (!submission) throw new MolianError('run.missing', { what: 'submission' })
  const { jobId, job } = submission
  if (job.state === 'queued' || job.state === 'running') throw new MolianError('submission.still-made')
  // With its job the row goes too.
  await db().job.deleteMany({ where: { id: jobId } })
  await rm(inHome(artifactPath.submissionDirectory(id)), { recursive: true, force: true })
}
