import { nameColumn, startedColumn, stateColumn } from '@/app/_jobs/run-columns'
import { queueNow } from '@/app/_jobs/queue'
import { QueueMoves } from '@/app/_jobs/queue-moves'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Button } from '@/app/_ui/button'
import { type Column, Table } from '@/app/_ui/table'
import { Tag } from '@/app/_ui/tag'
import { runTitle } from '@/app/projects/[projectId]/training/_components/run-title'
import { TagEditor } from '@/app/projects/[projectId]/training/_components/tag-editor'
import { clock } from '@/lib/clock'
import { trainingSettings } from '@/lib/settings/training'
import { waitOf } from '@/lib/stages/waiting'
import { bestByValidation } from '@/lib/stages/training/comparison'
import type { RunFigures } from '@/lib/stages/training/run-figures'
import { durationOf } from '@/lib/stages/training/run-list'
import type { TrainingRunWithJob } from '@/lib/stages/training/training'

type Row = { run: TrainingRunWithJob; figures: RunFigures | undefined }

/** The runs that `shown` names, of all of a project: state, what they learned from and to; those picked are compared. */
export async function RunTable({ projectId, shown, all, figures }: { projectId: string; shown: readonly TrainingRunWithJob[]; all: readonly TrainingRunWithJob[]; figures: ReadonlyMap<string, RunFigures> }) {
  const [t, jobs, { number }, queue] = await Promise.all([getTranslator('training'), getTranslator('jobs'), getFormatter(), queueNow()])
  const loss = (value: number | null) => (value === null ? '–' : number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 }))
  const span = (from: number | null | undefined, to: number | null | undefined) => (to === null || to === undefined ? '–' : `${loss(from ?? null)} → ${loss(to)}`)
  const name = (run: TrainingRunWithJob) => runTitle(t, run)
  const best = bestByValidation(all, figures)
  const known = [...new Set(all.flatMap((run) => run.tags))].sort()
  const named = nameColumn<TrainingRunWithJob>(t('runHead'), `/projects/${projectId}/training`, name)
  const state = stateColumn<TrainingRunWithJob>(t('stateHead'), name, (run) => run.stoppedEarly && run.job.state === 'succeeded')
  const started = startedColumn<TrainingRunWithJob>(t('startedHead'))
  const method = (run: TrainingRunWithJob) => {
    const { data } = trainingSettings.safeParse(run.settings)
    return data ? `${t(`methods.${data.method}`)} r ${number(data.rank)}` : '–'
  }
  const columns: Column<Row>[] = [
    ...(all.length > 1 ? [{ key: 'compare', head: t('compare.pick'), cell: ({ run }: Row) => <input type="checkbox" name="run" value={run.id} className="size-4" aria-label={t('compare.pickRun', { run: name(run) })} /> }] : []),
    {
      key: 'run',
      head: named.head,
      className: 'min-w-44 max-w-80',
      cell: ({ run }) => (
        <div className="grid gap-1">
          {named.cell(run)}
          <TagEditor projectId={projectId} runId={run.id} run={name(run)} tags={run.tags} known={known} />
          {run.note !== '' && <span className="line-clamp-2 text-sm [overflow-wrap:anywhere] text-muted">{run.note}</span>}
        </div>
      ),
    },
    {
      key: 'state',
      head: state.head,
      cell: ({ run }) => {
        const wait = run.job.state === 'queued' ? waitOf(run.job, queue) : null
        return (
          <div className="grid justify-items-start gap-1">
            {state.cell(run)}
            {run.adapter?.mergedModel?.sha256 && <span className="text-xs whitespace-nowrap text-muted">{t('merged')}</span>}
            {wait && <span className="text-xs whitespace-nowrap text-muted">{wait.ahead === 0 ? jobs('first') : jobs('aheadOf', { count: wait.ahead })}</span>}
            {wait && wait.ahead + wait.behind > 0 && <QueueMoves jobId={run.jobId} name={name(run)} ahead={wait.ahead} behind={wait.behind} />}
          </div>
        )
      },
    },
    { key: 'model', head: t('baseModel'), className: 'min-w-28', cell: ({ run }) => <span className="[overflow-wrap:anywhere]">{run.baseModel.name}</span> },
    { key: 'dataset', head: t('dataset'), cell: ({ run }) => `v${run.datasetVersion.ordinal}` },
    { key: 'method', head: t('setting.method'), cell: ({ run }) => <span className="whitespace-nowrap">{method(run)}</span> },
    { key: 'steps', head: t('figures.step'), number: true, cell: ({ run }) => (run.job.progressTotal > 0 ? `${number(run.job.progressDone)} / ${number(run.job.progressTotal)}` : '–') },
    { key: 'loss', head: t('figures.loss'), number: true, cell: ({ figures }) => span(figures?.lossFrom, figures?.loss) },
    {
      key: 'validation',
      head: t('figures.validationLoss'),
      number: true,
      cell: ({ run, figures }) => (
        <>
          {span(figures?.validationFrom, figures?.validation)}
          {best.has(run.id) && (
            <>
              {' '}
              <Tag kind="ok">{t('compare.best')}</Tag>
            </>
          )}
        </>
      ),
    },
    { key: 'duration', head: t('list.duration'), number: true, cell: ({ run }) => clock(durationOf(run.job)) },
    { key: started.key, head: started.head, cell: ({ run }) => started.cell(run) },
  ]
  const table = <Table label={t('runs')} rows={shown.map((run) => ({ run, figures: figures.get(run.id) }))} rowKey={({ run }) => run.id} columns={columns} empty={t('list.none')} />
  if (all.length < 2) return table
  return (
    <form action={`/projects/${projectId}/training/compare`} method="get" className="grid gap-3" aria-label={t('compare.title')}>
      {table}
      <div>
        <Button type="submit">{t('compare.show')}</Button>
      </div>
    </form>
  )
}
