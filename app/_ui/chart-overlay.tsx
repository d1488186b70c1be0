'use client'

import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { type Point, smoothed } from '@/app/_ui/chart-series'
import { ChartTable } from '@/app/_ui/chart-table'
import { overlayRows } from '@/app/_ui/overlay-rows'

// Recharts is large: it comes after the page.
const OverlayCurves = dynamic(() => import('@/app/_ui/overlay-curves').then((file) => file.OverlayCurves), {
  ssr: false,
  loading: () => <div className="h-[300px] rounded-base bg-wash" />,
})

export type OverlaySeries = { name: string; points: readonly Point[] }

// Apart by colour and by dash, in both themes.
const looks = [
  { colour: 'azurite', dash: undefined },
  { colour: 'seal', dash: '7 3' },
  { colour: 'malachite', dash: '2 3' },
  { colour: 'gamboge', dash: '10 3 2 3' },
  { colour: 'plum', dash: '4 4' },
  { colour: 'ochre', dash: '1 4' },
] as const

/** One measure of several runs by step on one chart, at most six, with its figures in a table behind it. `smoothing` in [0, 1). */
export function OverlayChart({ label, series, smoothing, dots }: { label: string; series: readonly OverlaySeries[]; smoothing: number; dots: boolean }) {
  const t = useTranslations('ui')
  const format = useFormatter()
  const rows = useMemo(() => overlayRows(series.map(({ points }) => smoothed(points, smoothing))), [series, smoothing])
  const table = useMemo(() => overlayRows(series.map(({ points }) => points)), [series])
  const lines = series.flatMap(({ name }, at) => {
    const look = looks[at]
    return look ? [{ key: `run${at}`, name, ...look }] : []
  })
  const figure = (value: number | undefined) => (value === undefined ? '' : format.number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 }))
  return (
    <figure className="m-0" aria-label={label}>
      <figcaption className="mb-2 flex flex-wrap gap-x-4 text-xs text-muted">
        {lines.map(({ key, name, colour, dash }) => (
          <span key={key} className="inline-flex items-center gap-1.5">
            <svg aria-hidden width="24" height="4">
              <line x1="0" y1="2" x2="24" y2="2" stroke={`var(--color-${colour})`} strokeWidth="2" strokeDasharray={dash} />
            </svg>
            {name}
          </span>
        ))}
      </figcaption>
      <OverlayCurves rows={rows} lines={lines} dots={dots} step={t('step')} />
      <ChartTable summary={t('asTable')} head={[t('step'), ...lines.map(({ name }) => name)]} rows={table.map((row) => [format.number(row.step ?? 0), ...lines.map(({ key }) => figure(row[key]))])} />
    </figure>
  )
}
