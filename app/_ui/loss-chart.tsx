'use client'

import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { type Point, smoothed, thinned } from '@/app/_ui/chart-series'
import { ChartTable } from '@/app/_ui/chart-table'

// Recharts is large: it comes after the page, and only where there is a curve.
const LossCurve = dynamic(() => import('@/app/_ui/loss-curve').then((file) => file.LossCurve), {
  ssr: false,
  loading: () => <div className="h-[300px] rounded-base bg-wash" />,
})

const mostPoints = 1500
const tableRows = 200

/** The loss of a run by step: raw faint, smoothed strong, validation as points; its figures in a table behind it. */
export function LossChart({ label, train, validation }: { label: string; train: readonly Point[]; validation: readonly Point[] }) {
  const t = useTranslations('ui')
  const format = useFormatter()
  const raw = useMemo(() => thinned(train, mostPoints), [train])
  const smooth = useMemo(() => thinned(smoothed(train, smoothing(train.length)), mostPoints), [train])
  const held = useMemo(() => thinned(validation, mostPoints), [validation])
  const rows = useMemo(() => tableOf(thinned(train, tableRows), validation), [train, validation])
  const figure = (value: number | undefined) => (value === undefined ? '' : format.number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 }))
  return (
    <figure className="m-0" aria-label={label}>
      <figcaption className="mb-2 flex flex-wrap gap-x-4 text-xs text-muted">
        <Key colour="bg-azurite" shape="h-0.5 w-4">{t('smoothed')}</Key>
        <Key colour="bg-azurite opacity-40" shape="h-px w-4">{t('raw')}</Key>
        <Key colour="bg-seal" shape="size-2 rounded-full">{t('validation')}</Key>
      </figcaption>
      <LossCurve raw={raw} smooth={smooth} validation={held} words={{ step: t('step'), smooth: t('smoothed'), raw: t('raw'), validation: t('validation') }} />
      <ChartTable summary={t('asTable')} head={[t('step'), t('loss'), t('validation')]} rows={rows.map((row) => [format.number(row.step), figure(row.loss), figure(row.validation)])} />
    </figure>
  )
}

/** A short run is smoothed less: a mean that remembers ten steps says little about the first twenty. */
function smoothing(steps: number): number {
  return Math.max(0, Math.min(0.9, 1 - 10 / Math.max(1, steps)))
}

function Key({ colour, shape, children }: { colour: string; shape: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <i aria-hidden className={`inline-block ${shape} ${colour}`} />
      {children}
    </span>
  )
}

function tableOf(train: readonly Point[], validation: readonly Point[]) {
  const rows = new Map<number, { step: number; loss?: number; validation?: number }>()
  for (const { step, value } of train) rows.set(step, { step, loss: value })
  for (const { step, value } of validation) rows.set(step, { ...rows.get(step), step, validation: value })
  return [...rows.values()].sort((a, b) => a.step - b.step)
}
