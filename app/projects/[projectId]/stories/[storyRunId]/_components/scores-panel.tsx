import type { ReactNode } from 'react'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { MeasureTable } from '@/app/_scores/measure-table'
import { Panel } from '@/app/_ui/panel'
import { Table } from '@/app/_ui/table'
import { MeasureAgain } from '@/app/projects/[projectId]/stories/[storyRunId]/_components/measure-again'
import { scoringRules } from '@/lib/scoring/measures'
import { findScoring, type ScoringSummary } from '@/lib/stages/stories/scoring'
import type { StoryRunWithJob } from '@/lib/stages/stories/stories'

/** What was measured on a run's stories: each measure's spread, their style, how alike a premise's samples are. */
export async function ScoresPanel({ run }: { run: StoryRunWithJob }) {
  const [t, scoring] = await Promise.all([getTranslator('scores'), findScoring(run.id)])
  const written = run.job.state === 'succeeded'
  const busy = scoring?.job.state === 'running' || scoring?.job.state === 'queued'
  const summary = scoring?.summary ?? null
  const note = (words: string) => <p className="m-0 text-muted">{words}</p>
  const again = (word: string) => <MeasureAgain projectId={run.projectId} storyRunId={run.id} target={scoring?.target ?? null} word={word} />
  const part = (): ReactNode => {
    if (scoring && summary) return <Summary scoring={{ ...scoring, summary }} />
    if (busy) return note(t('waiting'))
    if (!written && !scoring) return note(t('unwritten'))
    return note(scoring && scoring.rules !== scoringRules ? t('outdated') : t('none'))
  }
  return (
    <Panel title={t('title')} aside={scoring && summary && <span className="text-sm text-muted">{t('against', { stories: summary.stories, target: scoring.target })}</span>}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {scoring && busy && <JobProgress job={scoring.job} />}
        {scoring && <JobFailure job={scoring.job} name={t('title')} />}
        {part()}
        {written && !busy && again(summary ? t('again') : t('now'))}
      </div>
    </Panel>
  )
}

type Found = { summary: ScoringSummary; datasetVersion: { ordinal: number } | null }

async function Summary({ scoring: { summary, datasetVersion } }: { scoring: Found }) {
  const t = await getTranslator('scores')
  return (
    <>
      <MeasureTable columns={[{ key: 'run', name: t('spread'), distributions: summary.distributions }]} />
      <p className="m-0 text-sm text-muted">{datasetVersion ? t('comparedWith', { version: datasetVersion.ordinal }) : t('comparedWithNone')}</p>
      {summary.delta.length > 0 && <NovelDistances delta={summary.delta} />}
      {summary.selfBleu.length > 0 && <AlikeSamples alike={summary.selfBleu} />}
    </>
  )
}

/** Novels shown before the list is folded out. */
const nearest = 8

async function NovelDistances({ delta }: { delta: ScoringSummary['delta'] }) {
  const [t, { number }] = await Promise.all([getTranslator('scores'), getFormatter()])
  const farthest = Math.max(...delta.map(({ value }) => value), Number.MIN_VALUE)
  const table = (rows: ScoringSummary['delta']) => (
    <Table
      label={t('style')}
      rows={rows}
      rowKey={({ novel, heldOut }) => `${novel} ${heldOut}`}
      maxHeight="360px"
      columns={[
        { key: 'novel', head: t('novel'), className: 'w-full', cell: ({ novel, heldOut }) => <>{novel}{heldOut && <span className="text-muted"> · {t('heldOut')}</span>}</> },
        { key: 'bar', head: '', cell: ({ value }) => <i aria-hidden className="block h-2 w-28 bg-wash"><b className="block h-2 bg-azurite" style={{ width: `${(value / farthest) * 100}%` }} /></i> },
        { key: 'delta', head: t('delta'), number: true, cell: ({ value }) => number(value, { maximumFractionDigits: 2, minimumFractionDigits: 2 }) },
      ]}
    />
  )
  return (
    <section>
      <h3 className="mt-2 mb-1 text-sm font-semibold">{t('style')}</h3>
      <p className="mt-0 mb-2 text-sm text-muted">{t('styleHint')}</p>
      {table(delta.slice(0, nearest))}
      {delta.length > nearest && (
        <details className="mt-2">
          <summary className="w-fit text-sm text-muted hover:text-ink">{t('moreNovels', { count: delta.length })}</summary>
          {table(delta)}
        </details>
      )}
    </section>
  )
}

async function AlikeSamples({ alike }: { alike: ScoringSummary['selfBleu'] }) {
  const [t, { number }] = await Promise.all([getTranslator('scores'), getFormatter()])
  return (
    <section>
      <h3 className="mt-2 mb-1 text-sm font-semibold">{t('alike')}</h3>
      <p className="mt-0 mb-2 text-sm text-muted">{t('alikeHint')}</p>
      <Table
        label={t('alike')}
        rows={alike}
        rowKey={({ premise }) => premise}
        maxHeight="280px"
        columns={[
          { key: 'premise', head: t('premise'), className: 'w-full', cell: ({ premise }) => <span lang="zh-CN" className="font-serif">{premise}</span> },
          { key: 'samples', head: t('samples'), number: true, cell: ({ samples }) => number(samples) },
          { key: 'value', head: t('selfBleu'), number: true, cell: ({ value }) => number(value, { maximumFractionDigits: 2, minimumFractionDigits: 2 }) },
        ]}
      />
    </section>
  )
}
