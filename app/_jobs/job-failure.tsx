import { RetryJob } from '@/app/_jobs/job-buttons'
import { errorSentence } from '@/app/_i18n/error-sentence'
import { getTranslator } from '@/app/_i18n/server'
import { ErrorState } from '@/app/_ui/error-state'
import type { Job } from '@/lib/generated/prisma/client'
import { canRetry } from '@/lib/stages/jobs'

/** Why a job failed, in the reader's language, with the way to go on where trying again can help. Nothing for a job that did not. */
export async function JobFailure({ job, name }: { job: Job; name: string }) {
  if (job.state !== 'failed') return null
  const [t, sentence] = await Promise.all([getTranslator('jobs'), errorSentence(job.errorCode, job.errorParams, job.errorText)])
  return (
    <ErrorState title={t('failedOf', { name })} action={canRetry(job) && <RetryJob job={job} name={name} small />}>
      {sentence}
    </ErrorState>
  )
}
