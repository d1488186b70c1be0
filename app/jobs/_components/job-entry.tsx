import { Link } from '@/app/_ui/link'
import { CancelJob, RetryJob } from '@/app/_jobs/job-buttons'
import { QueueMoves } from '@/app/_jobs/queue-moves'
import { queueNow } from '@/app/_jobs/queue'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { LocalTime } from '@/app/_ui/local-time'
import { LogFold } from '@/app/jobs/_components/log-fold'
import { jobHref } from '@/app/jobs/_job-link'
import { clock } from '@/lib/clock'
import { jobNameSchema } from '@/lib/queue/jobs'
import { type JobWithProject, subjectOf } from '@/lib/stages/jobs'
import { waitOf } from '@/lib/stages/waiting'

/** One job: what it is, how far, how it ended and what can be done about it. */
export async function JobEntry({ job }: { job: JobWithProject }) {
  const [t, frame, { number }] = await Promise.all([getTranslator('jobs'), getTranslator('frame'), getFormatter()])
  const known = jobNameSchema.safeParse(job.name)
  const kind = known.success ? frame(`job.${known.data}`) : job.name
  const subject = subjectOf(job)
  const name = subject === null ? kind : `${kind} · ${typeof subject === 'number' ? number(subject) : subject}`
  const href = jobHref(job)
  const wait = job.state === 'queued' ? waitOf(job, await queueNow()) : null
  const took = job.startedAt && job.finishedAt ? job.finishedAt.getTime() - job.startedAt.getTime() : null
  return (
    <li className="grid gap-2 border-b border-line py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        {href ? (
          <Link href={href} className="font-semibold [overflow-wrap:anywhere] text-ink underline decoration-line underline-offset-4 hover:decoration-current">
            {name}
          </Link>
        ) : (
          <span className="font-semibold">{name}</span>
        )}
        <JobStateTag job={job} />
        {job.project && <span className="[overflow-wrap:anywhere] text-muted">{job.project.name}</span>}
        <span className="text-muted">{t(`lane.${job.lane}`)}</span>
        {job.attempts > 1 && <span className="text-muted">{t('attemptsHint', { attempt: job.attempts, most: job.maxAttempts })}</span>}
        <span className="ml-auto flex flex-wrap items-center gap-3 text-muted">
          {took !== null && <span>{t('tookTime', { time: clock(took) })}</span>}
          {job.finishedAt && <LocalTime at={job.finishedAt.toISOString()} />}
          {wait && wait.ahead + wait.behind > 0 && <QueueMoves jobId={job.id} name={name} ahead={wait.ahead} behind={wait.behind} />}
          <CancelJob job={job} name={name} small />
          {job.state === 'cancelled' && <RetryJob job={job} name={name} small />}
        </span>
      </div>
      <JobProgress job={job} />
      <JobFailure job={job} name={name} />
      {job.attempts > 0 && <LogFold jobId={job.id} running={job.state === 'running'} summary={t('log')} label={`${t('log')} · ${name}`} />}
    </li>
  )
}
