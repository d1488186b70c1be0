'use client'

import { useFormatter, useLocale, useTranslations } from 'use-intl/react'
import { byteSize } from '@/app/_ui/byte-size'
import { smoothedCurve } from '@/app/_ui/chart/curve'
import { type Fact, Facts } from '@/app/_ui/facts'
import { useSeconds } from '@/app/_ui/use-seconds'
import type { RunStanding } from '@/app/projects/[projectId]/training/[runId]/_components/live-run'
import { lastStep, latest, type Metrics, recentMean } from '@/app/projects/[projectId]/training/[runId]/_components/metric-series'
import { clock } from '@/lib/clock'

/** The figures of a run as they are now, moving on with every step. */
export function RunFigures({ metrics, standing }: { metrics: Metrics; standing: RunStanding }) {
  const t = useTranslations('training')
  const { number } = useFormatter()
  const locale = useLocale()
  const now = useSeconds(standing.running)
  const { running, done, total, startedAt, finishedAt, stepsPerEpoch } = standing
  const step = running && lastStep(metrics) >= 0 ? lastStep(metrics) : standing.isCut ? Math.max(done, lastStep(metrics)) : done
  const elapsed = startedAt === null ? null : (finishedAt ?? now ?? startedAt) - startedAt
  const validation = latest(metrics, 'validation_loss')
  const smooth = smoothedCurve(metrics.series.get('loss') ?? [], 0.9).at(-1)?.value ?? null
  const gpu = latest(metrics, 'device_percent')
  const gpuMemory = latest(metrics, 'device_memory_bytes')

  const fixed = (value: number | null, digits: number) => said(value, (known) => number(known, { minimumFractionDigits: digits, maximumFractionDigits: digits }))
  const percent = (value: number | null) => said(value, (known) => `${number(known, { maximumFractionDigits: 0 })} %`)
  const facts: Fact[] = [
    { label: t('figures.step'), value: total > 0 ? `${number(step)} / ${number(total)}` : step > 0 ? number(step) : '–', hint: standing.isCut ? (standing.keptStep === null ? t('figures.nothingKept') : t('figures.keptTo', { step: standing.keptStep })) : undefined },
    { label: t('figures.epoch'), value: stepsPerEpoch > 0 ? fixed(step / stepsPerEpoch, 2) : '–' },
    running ? { label: t('figures.elapsedLeft'), value: `${clock(elapsed)} / ${clock(standing.left)}` } : { label: t('figures.elapsed'), value: clock(elapsed) },
    { label: t('figures.loss'), value: fixed(latest(metrics, 'loss'), 3), hint: t('figures.smoothed', { loss: fixed(smooth, 3) }) },
    { label: t('figures.validationLoss'), value: fixed(validation, 3), hint: t('figures.perplexity', { value: said(validation, (loss) => number(Math.exp(loss), { maximumSignificantDigits: 4 })) }) },
    { label: t('figures.learningRate'), value: said(latest(metrics, 'learning_rate'), (rate) => (rate === 0 ? '0' : rate.toExponential(1))) },
    { label: t('figures.gradientNorm'), value: fixed(latest(metrics, 'grad_norm'), 2) },
    { label: t('figures.tokensPerSecond'), value: said(recentMean(metrics, 'tokens_per_second', 10), (rate) => number(rate, { maximumFractionDigits: rate < 10 ? 1 : 0 })), hint: t('figures.stepTime', { seconds: said(recentMean(metrics, 'step_seconds', 10), (seconds) => number(seconds, { maximumSignificantDigits: 3 })) }) },
    { label: t('figures.memory'), value: said(latest(metrics, 'process_memory_bytes') ?? latest(metrics, 'memory_bytes'), (bytes) => byteSize(bytes, locale)), hint: t('figures.processor', { percent: percent(latest(metrics, 'cpu_percent')) }) },
    ...(gpu === null && gpuMemory === null ? [] : [{ label: t('figures.device'), value: percent(gpu), hint: said(gpuMemory, (bytes) => byteSize(bytes, locale)) }]),
  ]
  return <Facts facts={facts} />
}

function said(value: number | null, say: (value: number) => string): string {
  return value === null ? '–' : say(value)
}
