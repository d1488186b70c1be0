import { db } from '@/lib/db'
import type { Job, Submission } from '@/lib/generated/prisma/client'
import type { JobSettings } from '@/lib/settings/job-settings'
import { startStories } from '@/lib/stages/stories/stories'
import { startSubmission } from '@/lib/stages/submissions/submissions'
import type { WholeJob } from '@/bin/whole-job/run-stages'
import { waitForJob } from '@/bin/whole-job/wait-for-job'

export type UntunedStep = 'baseStories' | 'baseSubmission'

type Report = { progress(step: UntunedStep, job: Job): void; done(step: UntunedStep, job: Job): void }

/** The same rows by the base model, with the same prompt, sampling and seeds: what the tuned stories are held against. */
export async function runUntuned(made: WholeJob, settings: JobSettings, report: Report): Promise<Submission> {
  const { testFileId, promptVersionId } = made.storyRun
  if (!promptVersionId) throw new Error('Stories that were written have a prompt')
  const storyRun = await startStories(made.project.id, {
    testFileId,
    promptVersionId,
    settings: { writer: { kind: 'engine', modelId: made.trainingRun.baseModelId }, sampling: settings.stories.sampling },
  })
  report.done('baseStories', await waitForJob(storyRun.jobId, (job) => report.progress('baseStories', job)))
  const submission = await startSubmission(made.project.id, storyRun.id, settings.submissions)
  report.done('baseSubmission', await waitForJob(submission.jobId, (job) => report.progress('baseSubmission', job)))
  return db().submission.findUniqueOrThrow({ where: { id: submission.id } })
}
