import { isPhase } from '@/lib/queue/phases'
import { JobWait } from '@/app/_jobs/job-wait'
import { getTranslator } from '@/app/_i18n/server'
import { ProgressBar } from '@/app/_ui/progress-bar'
import type { Job } from '@/lib/generated/prisma/client'
import { countsSizes, progressOf } from '@/lib/stages/jobs'

/** How far a running job is: the part it is in, its counts, elapsed and remaining. A waiting one says what it waits for. */
export async function JobProgress({ job, label }: { job: Job; label?: string }) {
  if (job.state === 'queued') return <JobWait job={job} />
  const t = await getTranslator('jobs')
  if (job.state !== 'running') return null
  const { done, total, phase, remainingMs } = progressOf(job)
  // A model that is served is at no point of any way.
  if (phase === 'serving') return null
  const word = isPhase(phase) ? t(`phase.${phase}`) : t('state.running')
  return (
    <ProgressBar
      label={label ? `${label} · ${word}` : word}
      done={done}
      total={total}
      startedAt={job.startedAt?.getTime()}
      left={remainingMs}
      // An engine that starts has no counts.
      counts={countsSizes(job.name) || total === 0 ? 'share' : undefined}
    />
  )
}
