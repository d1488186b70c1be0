import { nameColumn, startedColumn, stateColumn } from '@/app/_jobs/run-columns'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Button } from '@/app/_ui/button'
import { Table } from '@/app/_ui/table'
import { Tag } from '@/app/_ui/tag'
import { bestByValidation } from '@/lib/stages/training/comparison'
import { resultOf, type TrainingRunWithJob } from '@/lib/stages/training/training'

/** The runs of a project, newest first: state, what they learned from and to, what became of them. */
export async function RunTable({ projectId, runs }: { projectId: string; runs: readonly TrainingRunWithJob[] }) {
  const [t, { number }] = await Promise.all([getTranslator('training'), getFormatter()])
  const loss = (value: number | null | undefined) => (value === null || value === undefined ? '–' : number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 }))
  const span = (from: number | null | undefined, to: number | null | undefined) => (to === null || to === undefined ? '–' : `${loss(from)} → ${loss(to)}`)
  const name = (run: TrainingRunWithJob) => t('run', { ordinal: run.ordinal })
  const best = bestByValidation(runs)
  const table = (
    <Table
      label={t('runs')}
      rows={runs}
      rowKey={(run) => run.id}
      columns={[
        ...(runs.length > 1 ? [{ key: 'compare', head: t('compare.pick'), cell: (run: TrainingRunWithJob) => <input type="checkbox" name="run" value={run.id} className="size-4" aria-label={t('compare.pickRun', { run: name(run) })} /> }] : []),
        nameColumn(t('runHead'), `/projects/${projectId}/training`, name),
        stateColumn(t('stateHead'), name, (run) => run.stoppedEarly && run.job.state === 'succeeded'),
        { key: 'model', head: t('baseModel'), className: 'min-w-32', cell: (run) => <span className="[overflow-wrap:anywhere]">{run.baseModel.name}</span> },
        { key: 'dataset', head: t('dataset'), cell: (run) => `v${run.datasetVersion.ordinal}` },
        { key: 'steps', head: t('figures.step'), number: true, cell: (run) => (run.job.progressTotal > 0 ? `${number(run.job.progressDone)} / ${number(run.job.progressTotal)}` : '–') },
        { key: 'loss', head: t('figures.loss'), number: true, cell: (run) => span(resultOf(run)?.first_loss, resultOf(run)?.last_loss) },
        { key: 'validation', head: t('figures.validationLoss'), number: true, cell: (run) => <>{span(resultOf(run)?.validation_loss_from, resultOf(run)?.best_validation_loss ?? resultOf(run)?.validation_loss_to)}{best.has(run.id) && <> <Tag kind="ok">{t('compare.best')}</Tag></>}</> },
        { key: 'merged', head: t('mergedModel'), cell: (run) => (run.adapter?.mergedModel?.sha256 ? run.adapter.mergedModel.name : <span className="text-muted">{t('no')}</span>) },
        ...(runs.some((run) => run.note !== '') ? [{ key: 'note', head: t('noteOf'), className: 'min-w-24 max-w-64', cell: (run: TrainingRunWithJob) => <span className="line-clamp-2 text-sm [overflow-wrap:anywhere]">{run.note}</span> }] : []),
        startedColumn(t('startedHead')),
      ]}
    />
  )
  if (runs.length < 2) return table
  return (
    <form action={`/projects/${projectId}/training/compare`} method="get" className="grid gap-3" aria-label={t('compare.title')}>
      {table}
      <div>
        <Button type="submit">{t('compare.show')}</Button>
      </div>
    </form>
  )
}
