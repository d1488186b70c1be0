import { Link } from '@/app/_ui/link'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { LocalTime } from '@/app/_ui/local-time'
import { Bar } from '@/app/_ui/progress-bar'
import { Table } from '@/app/_ui/table'
import { resultOf, type TrainingRunWithJob } from '@/lib/stages/training'

/** The runs of a project, newest first: state, what they learned from and to, what became of them. */
export async function RunTable({ projectId, runs }: { projectId: string; runs: readonly TrainingRunWithJob[] }) {
  const [t, { number }] = await Promise.all([getTranslator('training'), getFormatter()])
  const loss = (value: number | null | undefined) => (value === null || value === undefined ? '–' : number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 }))
  const span = (from: number | null | undefined, to: number | null | undefined) => (to === null || to === undefined ? '–' : `${loss(from)} → ${loss(to)}`)
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
            <Link href={`/projects/${projectId}/training/${run.id}`} className="font-semibold whitespace-nowrap text-ink underline decoration-line underline-offset-4 hover:decoration-current">
              {t('run', { ordinal: run.ordinal })}
            </Link>
          ),
        },
        {
          key: 'state',
          head: t('stateHead'),
          cell: (run) => (
            <span className="flex items-center gap-2">
              <JobStateTag job={run.job} early={run.stoppedEarly && run.job.state === 'succeeded'} />
              {run.job.state === 'running' && run.job.progressTotal > 0 && <Bar label={t('run', { ordinal: run.ordinal })} share={run.job.progressDone / run.job.progressTotal} className="w-16" />}
            </span>
          ),
        },
        { key: 'model', head: t('baseModel'), className: 'min-w-32', cell: (run) => <span className="[overflow-wrap:anywhere]">{run.baseModel.name}</span> },
        { key: 'dataset', head: t('dataset'), cell: (run) => `v${run.datasetVersion.ordinal}` },
        { key: 'steps', head: t('figures.step'), number: true, cell: (run) => (run.job.progressTotal > 0 ? `${number(run.job.progressDone)} / ${number(run.job.progressTotal)}` : '–') },
        { key: 'loss', head: t('figures.loss'), number: true, cell: (run) => span(resultOf(run)?.first_loss, resultOf(run)?.last_loss) },
        { key: 'validation', head: t('figures.validationLoss'), number: true, cell: (run) => span(resultOf(run)?.validation_loss_from, resultOf(run)?.validation_loss_to) },
        { key: 'merged', head: t('mergedModel'), cell: (run) => (run.adapter?.mergedModel?.sha256 ? run.adapter.mergedModel.name : <span className="text-muted">{t('no')}</span>) },
        { key: 'at', head: t('startedHead'), cell: (run) => <span className="whitespace-nowrap text-muted"><LocalTime at={run.createdAt.toISOString()} /></span> },
      ]}
    />
  )
}
