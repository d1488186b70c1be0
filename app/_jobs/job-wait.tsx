import { queueNow } from '@/app/_jobs/queue'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { jobHref } from '@/app/jobs/_job-link'
import type { Job } from '@/lib/generated/prisma/client'
import { jobNameSchema } from '@/lib/queue/jobs'
import { type JobWithProject, subjectOf } from '@/lib/stages/jobs'
import { waitOf } from '@/lib/stages/waiting'

/** What a queued job waits for: what runs in its place, and how many come before it. */
export async function JobWait({ job }: { job: Job }) {
  const [t, queue, locale] = await Promise.all([getTranslator('jobs'), queueNow(), getLocale()])
  const wait = waitOf(job, queue)
  if (!wait) return <p className="m-0 text-muted">{t('wait.next')}</p>
  const [first] = wait.running
  if (wait.stuck) return <p className="m-0 text-gamboge-text">{t('wait.stuck')}</p>
  return (
    <p className="m-0 text-muted">
      {first ? t.rich(`wait.${job.lane}`, { job: () => <RunningJob job={first} />, others: wait.running.length - 1 }) : wait.ahead === 0 && t('wait.next')}
      {/* Chinese sentences follow one another without a space. */}
      {wait.ahead > 0 && `${locale === 'en' ? ' ' : ''}${t('wait.ahead', { count: wait.ahead })}`}
    </p>
  )
}

async function RunningJob({ job }: { job: JobWithProject }) {
  const [frame, { number }] = await Promise.all([getTranslator('frame'), getFormatter()])
  const known = jobNameSchema.safeParse(job.name)
  const subject = subjectOf(job)
  const name = [known.success ? frame(`job.${known.data}`) : job.name, ...(subject === null ? [] : [typeof subject === 'number' ? number(subject) : subject])].join(' ')
  const href = jobHref(job)
  return href ? <Link href={href}>{name}</Link> : name
}
