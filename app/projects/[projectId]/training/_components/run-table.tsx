import { nameColumn, startedColumn, stateColumn } from '@/app/_jobs/run-columns'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Table } from '@/app/_ui/table'
import { resultOf, type TrainingRunWithJob } from '@/lib/stages/training'

/** The runs of a project, newest first: state, what they learned from and to, what became of them. */
export async function RunTable({ projectId, runs }: { projectId: string; runs: readonly TrainingRunWithJob[] }) {
  const [t, { number }] = await Promise.all([getTranslator('training'), getFormatter()])
  const loss = (value: number | null | undefined) => (value === null || value === undefined ? '–' : number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 }))
  const span = (from: number | null | undefined, to: number | null | undefined) => (to === null || to === undefined ? '–' : `${loss(from)} → ${loss(to)}`)
  const name = (run: TrainingRunWithJob) => t('run', { ordinal: run.ordinal })
  return (
    <Table
      label={t('runs')}
      rows={runs}
      rowKey={(run) => run.id}
      columns={[
        nameColumn(t('runHead'), `/projects/${projectId}/training`, name),
        stateColumn(t('stateHead'), name, (run) => run.stoppedEarly && run.job.state === 'succeeded'),
        { key: 'model', head: t('baseModel'), className: 'min-w-32', cell: (run) => <span className="[overflow-wrap:anywhere]">{run.baseModel.name}</span> },
        { key: 'dataset', head: t('dataset'), cell: (run) => `v${run.datasetVersion.ordinal}` },
        { key: 'steps', head: t('figures.step'), number: true, cell: (run) => (run.job.progressTotal > 0 ? `${number(run.job.progressDone)} / ${number(run.job.progressTotal)}` : '–') },
        { key: 'loss', head: t('figures.loss'), number: true, cell: (run) => span(resultOf(run)?.first_loss, resultOf(run)?.last_loss) },
        { key: 'validation', head: t('figures.validationLoss'), number: true, cell: (run) => span(resultOf(run)?.validation_loss_from, resultOf(run)?.validation_loss_to) },
        { key: 'merged', head: t('mergedModel'), cell: (run) => (run.adapter?.mergedModel?.sha256 ? run.adapter.mergedModel.name : <span className="text-muted">{t('no')}</span>) },
        startedColumn(t('startedHead')),
      ]}
    />
  )
}
