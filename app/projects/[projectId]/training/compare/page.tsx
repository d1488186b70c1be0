import type { Metadata } from 'next'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { OverlayChart } from '@/app/_ui/chart-overlay'
import { EmptyState } from '@/app/_ui/empty-state'
import { Link } from '@/app/_ui/link'
import { PageHead } from '@/app/_ui/page-head'
import { Panel } from '@/app/_ui/panel'
import { Table } from '@/app/_ui/table'
import { settingWord } from '@/app/projects/[projectId]/training/_components/setting-word'
import { resultOf } from '@/lib/stages/training/training'
import { compareTraining, differingSettings } from '@/lib/stages/training/comparison'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<{ run?: string | string[] }> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('training'))('compare.title') }
}

/** Two to six runs on one chart, and what was different about them. */
export default async function CompareRunsPage({ params, searchParams }: Props) {
  const [{ projectId }, { run = [] }, t, { number }] = await Promise.all([params, searchParams, getTranslator('training'), getFormatter()])
  const compared = await compareTraining(projectId, [run].flat())
  if (!compared) {
    return (
      <>
        <PageHead title={t('compare.title')} />
        <EmptyState action={<LinkButton kind="primary" href={`/projects/${projectId}/training`}>{t('compare.back')}</LinkButton>}>{t('compare.choose')}</EmptyState>
      </>
    )
  }
  const runs = compared.map((each) => each.run)
  const name = (ordinal: number) => t('run', { ordinal })
  const { rows, same } = differingSettings(runs)
  const loss = (value: number | null | undefined) => (value === null || value === undefined ? '–' : number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 }))
  const facts = [
    { key: 'model', label: t('baseModel'), values: runs.map((each) => each.baseModel.name) },
    { key: 'dataset', label: t('dataset'), values: runs.map((each) => `v${each.datasetVersion.ordinal}`) },
    { key: 'prompt', label: t('compare.prompt'), values: runs.map((each) => t('preview.promptVersion', { version: each.promptVersion.version })) },
    { key: 'loss', label: t('figures.loss'), values: runs.map((each) => loss(resultOf(each)?.last_loss)) },
    { key: 'validation', label: t('bestValidation'), values: runs.map((each) => loss(resultOf(each)?.best_validation_loss ?? resultOf(each)?.validation_loss_to)) },
    ...rows.map((row) => ({ key: row.name, label: t(`setting.${row.name}`), values: row.values.map((value) => settingWord(t, value)) })),
  ]
  const otherData = new Set(runs.map((each) => each.datasetVersionId)).size > 1
  const charts = [
    { key: 'validation', title: t('figures.validationLoss'), points: (each: (typeof compared)[number]) => each.validation, smoothing: 0, dots: true },
    { key: 'loss', title: t('compare.trainingLoss'), points: (each: (typeof compared)[number]) => each.loss, smoothing: 0.9, dots: false },
  ]
  return (
    <ClientMessages areas={['training']}>
      <PageHead title={t('compare.title')} note={runs.map((each) => name(each.ordinal)).join(' · ')} />
      {otherData && <p className="mt-0 mb-4 text-sm text-gamboge-text">{t('compare.otherData')}</p>}
      <div className="grid items-start gap-6 lg:grid-cols-2">
        {charts.map(({ key, title, points, smoothing, dots }) => (
          <Panel key={key} title={title}>
            <OverlayChart label={title} series={compared.map((each) => ({ name: name(each.run.ordinal), points: points(each) }))} smoothing={smoothing} dots={dots} />
          </Panel>
        ))}
      </div>
      <h2 className="mt-8 mb-2 text-lg font-semibold">{t('compare.differences')}</h2>
      <Table
        label={t('compare.differences')}
        rows={facts}
        rowKey={(row) => row.key}
        columns={[
          { key: 'name', head: '', cell: (row) => <span className="text-muted">{row.label}</span> },
          ...runs.map((each, at) => ({
            key: each.id,
            head: <Link href={`/projects/${projectId}/training/${each.id}`} className="text-ink underline decoration-line underline-offset-4">{name(each.ordinal)}</Link>,
            cell: (row: (typeof facts)[number]) => row.values[at],
          })),
        ]}
      />
      <p className="mt-3 text-sm text-muted">{t('compare.same', { count: same })}</p>
    </ClientMessages>
  )
}
