import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { Link } from '@/app/_ui/link'
import { PageHead } from '@/app/_ui/page-head'
import { Table } from '@/app/_ui/table'
import { Tag } from '@/app/_ui/tag'
import { runTitle } from '@/app/projects/[projectId]/training/_components/run-title'
import { settingWord } from '@/app/projects/[projectId]/training/_components/setting-word'
import { DatasetChanges } from '@/app/projects/[projectId]/training/compare/_components/dataset-changes'
import { ComparedCurves } from '@/app/projects/[projectId]/training/compare/_components/compared-curves'
import { ComparedSamples } from '@/app/projects/[projectId]/training/compare/_components/compared-samples'
import { clock } from '@/lib/clock'
import { compareTraining, datasetChanges, differingSettings } from '@/lib/stages/training/comparison'
import { durationOf } from '@/lib/stages/training/run-list'
import { compareSamples } from '@/lib/stages/training/samples'
import { resultOf } from '@/lib/stages/training/training'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<{ run?: string | string[]; all?: string }> }
type Fact = { key: string; label: string; values: readonly string[]; cells?: readonly ReactNode[] }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('training'))('compare.title') }
}

/** Two to six runs on one chart, and what was different about them: settings, dataset, prompt, outcome. */
export default async function CompareRunsPage({ params, searchParams }: Props) {
  const [{ projectId }, { run = [], all }, t, { number }] = await Promise.all([params, searchParams, getTranslator('training'), getFormatter()])
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
  const [changes, samples] = await Promise.all([datasetChanges(runs), compareSamples(runs.map(({ id }) => id))])
  const settings = differingSettings(runs)
  const showsAll = all !== undefined
  const loss = (value: number | null | undefined) => (value === null || value === undefined ? '–' : number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 }))
  const validation = compared.map(({ figures }) => (figures?.bestStep ? t('atStep', { loss: loss(figures.validation), step: number(figures.bestStep) }) : loss(figures?.validation)))
  const outcome: Fact[] = [
    { key: 'validation', label: t('bestValidation'), values: validation, cells: compared.map(({ run: { id }, isBest }, at) => <span key={id} className="inline-flex flex-wrap gap-x-2">{validation[at]}{isBest && <Tag kind="ok">{t('compare.best')}</Tag>}</span>) },
    { key: 'loss', label: t('figures.loss'), values: compared.map(({ figures }) => loss(figures?.loss)) },
    { key: 'steps', label: t('figures.step'), values: runs.map(({ job }) => number(job.progressDone)) },
    { key: 'duration', label: t('list.duration'), values: runs.map(({ job }) => clock(durationOf(job))) },
    { key: 'speed', label: t('speed'), values: runs.map((each) => resultOf(each)).map((result) => (result ? t('tokensPerSecond', { rate: number(result.tokens_per_second, { maximumFractionDigits: 0 }) }) : '–')) },
  ]
  const origin: Fact[] = [
    { key: 'model', label: t('baseModel'), values: runs.map((each) => each.baseModel.name) },
    { key: 'dataset', label: t('dataset'), values: runs.map((each) => `v${each.datasetVersion.ordinal}`) },
    { key: 'prompt', label: t('compare.prompt'), values: runs.map((each) => t('preview.promptVersion', { version: each.promptVersion.version })) },
    ...[...settings.rows, ...settings.same].map((row) => ({ key: row.name, label: t(`setting.${row.name}`), values: row.values.map((value) => settingWord(t, value)) })),
  ]
  const differing = origin.filter(({ values }) => new Set(values).size > 1)
  const same = origin.length - differing.length
  const facts = [...outcome, ...(showsAll ? origin : differing)]
  const here = `/projects/${projectId}/training/compare?${new URLSearchParams(runs.map(({ id }) => ['run', id]))}`
  return (
    <ClientMessages areas={['training']}>
      <PageHead title={t('compare.title')} note={runs.map((each) => runTitle(t, each)).join(' · ')} />
      {changes.length > 0 && <p className="mt-0 mb-4 text-sm text-gamboge-text">{t('compare.otherData')}</p>}
      <ComparedCurves runs={runs.map((each) => ({ id: each.id, name: runTitle(t, each), steps: each.job.progressDone }))} />
      <h2 className="mt-8 mb-2 text-lg font-semibold">{t('compare.differences')}</h2>
      <Table
        label={t('compare.differences')}
        rows={facts}
        rowKey={(row) => row.key}
        columns={[
          { key: 'name', head: '', cell: (row) => <span className="text-muted">{row.label}</span> },
          ...runs.map((each, at) => ({
            key: each.id,
            head: <Link href={`/projects/${projectId}/training/${each.id}`} className="text-ink underline decoration-line underline-offset-4">{runTitle(t, each)}</Link>,
            cell: (row: Fact) => row.cells?.[at] ?? <span className="tabular-nums">{row.values[at]}</span>,
          })),
        ]}
      />
      <p className="mt-3 flex flex-wrap gap-x-4 text-sm text-muted">
        {!showsAll && same > 0 && t('compare.same', { count: same })}
        <Link href={showsAll ? here : `${here}&all=1`} scroll={false}>
          {showsAll ? t('compare.onlyDiffering') : t('compare.showAll')}
        </Link>
      </p>
      {changes.length > 0 && <DatasetChanges projectId={projectId} changes={changes} />}
      {samples.length > 0 && <ComparedSamples names={runs.map((each) => runTitle(t, each))} samples={samples} />}
    </ClientMessages>
  )
}
