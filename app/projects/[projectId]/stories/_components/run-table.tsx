import { Link } from '@/app/_ui/link'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { LocalTime } from '@/app/_ui/local-time'
import { Bar } from '@/app/_ui/progress-bar'
import { Table } from '@/app/_ui/table'
import { writerName } from '@/app/projects/[projectId]/stories/_writer-name'
import type { StoryRunWithJob } from '@/lib/stages/stories'

/** The story runs of a project, newest first. */
export async function StoryRunTable({ projectId, runs }: { projectId: string; runs: readonly StoryRunWithJob[] }) {
  const [t, { number }] = await Promise.all([getTranslator('stories'), getFormatter()])
  return (
    <Table
      label={t('runs')}
      rows={runs}
      rowKey={(run) => run.id}
      columns={[
        {
          key: 'run',
          head: t('runHead'),
          cell: (run) => (
            <Link href={`/projects/${projectId}/stories/${run.id}`} className="font-semibold whitespace-nowrap text-ink underline decoration-line underline-offset-4 hover:decoration-current">
              {t('run', { ordinal: run.ordinal })}
            </Link>
          ),
        },
        {
          key: 'state',
          head: t('stateHead'),
          cell: (run) => (
            <span className="flex items-center gap-2">
              <JobStateTag job={run.job} />
              {run.job.state === 'running' && run.job.progressTotal > 0 && <Bar label={t('run', { ordinal: run.ordinal })} share={run.job.progressDone / run.job.progressTotal} className="w-16" />}
            </span>
          ),
        },
        { key: 'writer', head: t('writer'), className: 'min-w-32', cell: (run) => <span className="[overflow-wrap:anywhere]">{writerName(run)}</span> },
        { key: 'test', head: t('testFile'), className: 'min-w-32', cell: (run) => <span className="[overflow-wrap:anywhere]">{run.testFile.upload.fileName}</span> },
        { key: 'written', head: t('figures.written'), number: true, cell: (run) => `${number(run.job.progressDone)} / ${number(run.testFile.rowCount)}` },
        { key: 'prompt', head: t('prompt.label'), cell: (run) => t('prompt.version', { version: run.promptVersion.version }) },
        { key: 'at', head: t('startedHead'), cell: (run) => <span className="whitespace-nowrap text-muted"><LocalTime at={run.createdAt.toISOString()} /></span> },
      ]}
    />
  )
}
