import { setNameOf } from '@/app/_passages/set-name'
import { getTranslator } from '@/app/_i18n/server'
import { CancelJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { Link } from '@/app/_ui/link'
import type { PassageSetWithJob } from '@/lib/stages/passages/passages'

/** How far the newest set is, where it was asked for; once it is there, the way to it. */
export async function CuttingNow({ projectId, newest }: { projectId: string; newest: PassageSetWithJob }) {
  const t = await getTranslator('passages')
  const name = setNameOf(t, newest)
  const { job } = newest
  const isAtWork = job.state === 'queued' || job.state === 'running'
  return (
    <section aria-label={t('newest')} className="mb-6 rounded-base border border-line bg-raised px-4 py-3">
      <p className="m-0 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="text-sm text-muted">{t('newest')}</span>
        <Link href={`/projects/${projectId}/passages/${newest.ordinal}`} className="font-semibold [overflow-wrap:anywhere]">
          {name}
        </Link>
        {job.state === 'succeeded' && <span className="text-sm text-muted">{t('found', { count: newest.kept })}</span>}
      </p>
      {isAtWork && (
        <div className="mt-2 grid gap-2 sm:grid-cols-[1fr_auto] sm:items-end">
          <JobProgress job={job} />
          <CancelJob job={job} name={name} small />
        </div>
      )}
      {(job.state === 'failed' || job.state === 'cancelled') && (
        <div className="mt-2">
          <JobFailure job={job} name={name} />
        </div>
      )}
    </section>
  )
}
