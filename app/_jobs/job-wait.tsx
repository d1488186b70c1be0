import { queueNow } from '@/app/_jobs/queue'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { Link } from '@/app/_ui/link'
import { SubmitButton } from '@/app/_ui/submit-button'
import { endServing } from '@/app/engine/actions'
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
  const served = job.lane === 'gpu' ? wait.running.find(({ serving }) => serving !== null) : undefined
  return (
    <>
      <p className="m-0 text-muted">
        {first ? t.rich(`wait.${job.lane}`, { job: () => <RunningJob job={first} />, others: wait.running.length - 1 }) : wait.ahead === 0 && t('wait.next')}
        {/* Chinese sentences follow one another without a space. */}
        {wait.ahead > 0 && `${locale === 'en' ? ' ' : ''}${t('wait.ahead', { count: wait.ahead })}`}
      </p>
      {served?.serving && <GiveWay servingId={served.serving.id} name={served.serving.model.name} />}
    </>
  )
}

/** A served model holds the device until somebody says that it may go. */
async function GiveWay({ servingId, name }: { servingId: string; name: string }) {
  const t = await getTranslator('jobs')
  return (
    <ActionForm action={endServing} values={{ servingId }} label={t('wait.giveWay')} className="justify-items-start">
      <p className="m-0">{t('wait.served', { name })}</p>
      <SubmitButton small>{t('wait.giveWay')}</SubmitButton>
    </ActionForm>
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
