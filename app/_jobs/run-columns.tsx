import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { Link } from '@/app/_ui/link'
import { LocalTime } from '@/app/_ui/local-time'
import { Bar } from '@/app/_ui/progress-bar'
import type { Column } from '@/app/_ui/table'
import type { Job } from '@/lib/generated/prisma/client'

type Run = { id: string; job: Pick<Job, 'state' | 'stopRequest' | 'progressDone' | 'progressTotal' | 'startedAt'> }

/** A run's name, which leads to its page. */
export function nameColumn<R extends Run>(head: string, stage: string, name: (run: R) => string): Column<R> {
  return {
    key: 'run',
    head,
    cell: (run) => (
      <Link href={`${stage}/${run.id}`} className="font-semibold whitespace-nowrap text-ink underline decoration-line underline-offset-4 hover:decoration-current">
        {name(run)}
      </Link>
    ),
  }
}

/** How a run's job stands, with a bar while it runs. */
export function stateColumn<R extends Run>(head: string, name: (run: R) => string, isEarly: (run: R) => boolean = () => false): Column<R> {
  return {
    key: 'state',
    head,
    cell: (run) => (
      <span className="flex items-center gap-2">
        <JobStateTag job={run.job} early={isEarly(run)} />
        {run.job.state === 'running' && run.job.progressTotal > 0 && <Bar label={name(run)} share={run.job.progressDone / run.job.progressTotal} className="w-16" />}
      </span>
    ),
  }
}

/** When a run was begun: a worker took it, which may be long after it was ordered. */
export function startedColumn<R extends Run>(head: string): Column<R> {
  return {
    key: 'at',
    head,
    cell: (run) => (
      <span className="whitespace-nowrap text-muted">
        {run.job.startedAt ? <LocalTime at={run.job.startedAt.toISOString()} /> : '–'}
      </span>
    ),
  }
}
