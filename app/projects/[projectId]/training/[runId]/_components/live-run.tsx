'use client'

import type { ReactNode } from 'react'
import { useFormatter, useLocale, useTranslations } from 'use-intl/react'
import type { Point } from '@/app/_ui/chart-series'
import { byteSize } from '@/app/_ui/byte-size'
import { Facts } from '@/app/_ui/facts'
import { LossChart } from '@/app/_ui/loss-chart'
import { Panel } from '@/app/_ui/panel'
import { useSeconds } from '@/app/_ui/use-seconds'
import { lastStep, latest, noMetrics, recentMean } from '@/app/projects/[projectId]/training/[runId]/_components/metric-series'
import { useMetrics } from '@/app/projects/[projectId]/training/[runId]/_components/use-metrics'
import { clock } from '@/lib/clock'

export type RunStanding = {
  running: boolean
  done: number
  total: number
  /** Milliseconds since 1970; null before the start or the end. */
  startedAt: number | null
  finishedAt: number | null
  /** Milliseconds, as the header says it; null while there is no estimate. */
  left: number | null
  /** Optimiser steps that pass once through the training pairs. */
  stepsPerEpoch: number
}

/** The figures and the curve of a run, moving on with every step; `below` the curve and `aside` stands what does not move. */
export function LiveRun({ runId, standing, below, aside }: { runId: string; standing: RunStanding; below: ReactNode; aside: ReactNode }) {
  const t = useTranslations('training')
  const format = useFormatter()
  const locale = useLocale()
  const read = useMetrics(runId)
  const metrics = read ?? noMetrics
  const now = useSeconds(standing.running)
  const { done, total, startedAt, finishedAt } = standing
  const step = standing.running && lastStep(metrics) >= 0 ? lastStep(metrics) : done
  const elapsed = startedAt === null ? null : (finishedAt ?? now ?? startedAt) - startedAt

  const fixed = (name: string, digits: number) => figure(latest(metrics, name), (value) => format.number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits }))
  const shown = (value: number) => (value > 0 ? format.number(value) : '–')
  return (
    <>
      <Facts
        facts={[
          { label: t('figures.step'), value: total > 0 ? `${format.number(step)} / ${format.number(total)}` : shown(step) },
          { label: t('figures.epoch'), value: standing.stepsPerEpoch > 0 ? format.number(step / standing.stepsPerEpoch, { minimumFractionDigits: 2, maximumFractionDigits: 2 }) : '–' },
          standing.running
            ? { label: t('figures.elapsedLeft'), value: `${clock(elapsed)} / ${clock(standing.left)}` }
            : { label: t('figures.elapsed'), value: clock(elapsed) },
          { label: t('figures.loss'), value: fixed('loss', 3) },
          { label: t('figures.validationLoss'), value: fixed('validation_loss', 3) },
          { label: t('figures.learningRate'), value: figure(latest(metrics, 'learning_rate'), scientific) },
          { label: t('figures.gradientNorm'), value: fixed('grad_norm', 2) },
          { label: t('figures.tokensPerSecond'), value: figure(recentMean(metrics, 'tokens_per_second', 10), (value) => format.number(value, { maximumFractionDigits: value < 10 ? 1 : 0 })) },
          { label: t('figures.memory'), value: figure(latest(metrics, 'memory_bytes'), (value) => byteSize(value, locale)) },
        ]}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="grid min-w-0 gap-6">
          <Panel title={t('loss')}>
            {lastStep(metrics) < 0 ? (
              <p className="m-0 grid min-h-[300px] place-items-center text-muted">{read === null ? t('metricsReading') : standing.running ? t('metricsNotYet') : t('metricsNone')}</p>
            ) : (
              <LossChart label={t('lossChart')} train={metrics.series.get('loss') ?? none} validation={metrics.series.get('validation_loss') ?? none} />
            )}
          </Panel>
          {below}
        </div>
        <div className="grid min-w-0 gap-6">{aside}</div>
      </div>
    </>
  )
}

const none: readonly Point[] = []

function figure(value: number | null, say: (value: number) => string): string {
  return value === null ? '–' : say(value)
}

/** 6.1e-5: learning rates are spoken of in powers of ten. */
function scientific(value: number): string {
  return value === 0 ? '0' : value.toExponential(1)
}
