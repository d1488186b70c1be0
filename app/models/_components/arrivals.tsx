import { CancelJob, RetryJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { byteSize } from '@/app/_ui/byte-size'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { Panel } from '@/app/_ui/panel'
import { ProgressBar } from '@/app/_ui/progress-bar'
import { discardArrival } from '@/app/models/actions'
import type { Job } from '@/lib/generated/prisma/client'
import { hubFacts } from '@/lib/models/hub/hubs'
import { bytesPerSecond, progressOf } from '@/lib/stages/jobs'
import { openImports } from '@/lib/stages/models/adapter-imports'
import { openDownloads } from '@/lib/stages/models/downloads'

type Arrival = { id: string; kind: 'download' | 'import'; name: string; job: Job }

/** Downloads and imports that are not models and adapters yet: how far, how fast, and what went wrong. */
export async function Arrivals() {
  const [t, downloads, imports] = await Promise.all([getTranslator('models'), openDownloads(), openImports()])
  const arrivals: Arrival[] = [
    ...downloads.map(({ id, job, hub, repository }) => ({ id, job, kind: 'download' as const, name: t('arrivalDownload', { hub: hubFacts[hub].name, repository }) })),
    ...imports.map(({ id, job, name, baseModel }) => ({ id, job, kind: 'import' as const, name: t('arrivalImport', { name, base: baseModel.name }) })),
  ]
  if (arrivals.length === 0) return null
  return (
    <Panel title={t('arrivals')} className="mb-6">
      <ul className="m-0 list-none p-0">
        {arrivals.map((arrival) => (
          <ArrivalEntry key={arrival.id} {...arrival} />
        ))}
      </ul>
    </Panel>
  )
}

async function ArrivalEntry({ id, kind, name, job }: Arrival) {
  const t = await getTranslator('models')
  const isOver = job.state === 'failed' || job.state === 'cancelled'
  return (
    <li className="grid gap-2 border-t border-line py-3 first:border-t-0 first:pt-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <span className="font-semibold [overflow-wrap:anywhere]">{name}</span>
        <JobStateTag job={job} />
        <span className="ml-auto flex flex-wrap items-center gap-2">
          <CancelJob job={job} name={name} small />
          {job.state === 'cancelled' && <RetryJob job={job} name={name} small />}
          {isOver && (
            <ConfirmDialog small trigger={t('discard')} triggerLabel={t('discardOf', { name })} title={t('discardOf', { name })} confirm={t('discard')} action={discardArrival} values={{ id, kind }}>
              <p className="m-0">{t('discardWhat')}</p>
            </ConfirmDialog>
          )}
        </span>
      </div>
      {job.state === 'running' && job.phase === 'downloading' ? <Downloading job={job} /> : <JobProgress job={job} />}
      <JobFailure job={job} name={name} />
    </li>
  )
}

/** The bar with what people look for: bytes of all bytes, and how fast. */
async function Downloading({ job }: { job: Job }) {
  const [t, jobs, locale] = await Promise.all([getTranslator('models'), getTranslator('jobs'), getLocale()])
  const { done, total, remainingMs } = progressOf(job)
  const rate = bytesPerSecond(job)
  return (
    <ProgressBar
      label={jobs('phase.downloading')}
      done={done}
      total={total}
      startedAt={job.startedAt?.getTime()}
      left={remainingMs}
      counts="share"
      aside={
        <span className="text-muted tabular-nums">
          {t('bytesOf', { done: byteSize(done * 1024, locale), total: byteSize(total * 1024, locale) })}
          {rate !== null && ` · ${t('rate', { rate: byteSize(rate, locale) })}`}
        </span>
      }
    />
  )
}
