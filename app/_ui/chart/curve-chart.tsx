'use client'

import { ImageDown, Sheet } from 'lucide-react'
import dynamic from 'next/dynamic'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { Button, DownloadButton } from '@/app/_ui/button'
import { acrossTicks, type Axis } from '@/app/_ui/chart/axis'
import { type Curve, smoothedCurve, stretchAt } from '@/app/_ui/chart/curve'
import { CurveLegend } from '@/app/_ui/chart/curve-legend'
import { CurveTable } from '@/app/_ui/chart/curve-table'
import { moved, type Range, zoomed } from '@/app/_ui/chart/range'
import { chartRows } from '@/app/_ui/chart/rows'
import { savePng } from '@/app/_ui/chart/save-png'
import { extent, type Scale } from '@/app/_ui/chart/scale'
import { useInSight } from '@/app/_ui/chart/use-in-sight'
import { clock } from '@/lib/clock'

// Recharts is large: it comes after the page, and only where there is a curve.
const CurvePlot = dynamic(() => import('@/app/_ui/chart/curve-plot').then((file) => file.CurvePlot), { ssr: false })

export type CurveChartProps = {
  title: string
  curves: readonly Curve[]
  axis: Axis
  /** In [0, 1); 0 draws the raw values alone. */
  smoothing: number
  /** All steps there are, and those that are shown where that is a part of them. */
  whole: Range
  range: Range | null
  onRange(range: Range | null): void
  /** A value in words, with its unit; and short, for the axis. */
  say(value: number): string
  sayShort?(value: number): string
  height: number
  /** Where all points are to be had as CSV. */
  csv?: string
  fileName: string
  /** What stands where there is nothing to draw. */
  empty: ReactNode
}

/**
 * Curves by step, epoch or time: zoomed by drawing over a part or with + − 0 and Shift with the arrows, read by hovering or
 * with the arrows, linear or logarithmic, to be had as PNG and CSV, its figures in a table behind it.
 */
export function CurveChart(props: CurveChartProps) {
  const { title, curves, axis, smoothing, whole, range, onRange, say, sayShort = say, height, csv, fileName, empty } = props
  const t = useTranslations('ui')
  const format = useFormatter()
  const [scale, setScale] = useState<Scale>('linear')
  const figure = useRef<HTMLElement>(null)
  const inSight = useInSight(figure)
  const drawable = useMemo(() => curves.filter(({ stretches }) => stretches.length > 0), [curves])
  const rows = useMemo(() => (inSight ? chartRows(drawable, axis, scale, smoothing) : []), [inSight, drawable, axis, scale, smoothing])
  const [from, to] = [(range ?? whole).from, (range ?? whole).to]
  const shown = useMemo(() => ({ from, to }), [from, to])
  const across: [number, number] = [axis.xOf(shown.from), axis.xOf(shown.to)]
  const upwards = useMemo(() => extent(valuesOf(rows, shown), scale), [rows, shown, scale])
  const sayAcross = (x: number) => (axis.kind === 'time' ? clock(x * 1000) : format.number(x, { maximumFractionDigits: axis.kind === 'epoch' ? 2 : 0 }))
  const smooth = useMemo(() => new Map(smoothing === 0 ? [] : drawable.map(({ key, stretches, before }) => [key, smoothedCurve(stretches, smoothing, before)])), [drawable, smoothing])

  const readAt = (step: number) => ({
    title: axis.kind === 'step' ? `${t('step')} ${format.number(step)}` : `${t('step')} ${format.number(step)} · ${axis.kind === 'epoch' ? `${t('chart.epoch')} ` : ''}${sayAcross(axis.xOf(step))}`,
    values: drawable.flatMap(({ key, name, kind, stretches }) => {
      const stretch = stretchAt(stretches, step)
      if (!stretch) return []
      const raw = stretch.count === 1 ? say(stretch.mean) : t('chart.meanAndEnds', { mean: say(stretch.mean), low: say(stretch.low), high: say(stretch.high) })
      const mean = kind === 'line' ? smooth.get(key)?.[stretches.indexOf(stretch)]?.value : undefined
      const where = kind === 'dots' && stretch.count === 1 && stretch.first !== step ? `（${t('step')} ${format.number(stretch.first)}）` : ''
      return [{ key, name, words: mean === undefined ? `${raw}${where}` : t('chart.rawAndSmoothed', { raw, smoothed: say(mean) }) }]
    }),
  })
  const png = () => {
    const svg = figure.current?.querySelector<SVGSVGElement>('svg.recharts-surface')
    if (svg) void savePng(svg, `${fileName}.png`, title, drawable.map(({ name, look }) => ({ name, colour: look.colour, dash: look.dash })))
  }
  const hear = (event: React.KeyboardEvent) => {
    const next = keyed(event, shown, whole)
    if (next === undefined) return
    event.preventDefault()
    event.stopPropagation()
    onRange(next)
  }
  const isReady = inSight && upwards !== null
  return (
    <figure ref={figure} className="m-0 min-w-0" aria-label={title}>
      <div className="mb-1 flex flex-wrap items-center gap-x-1 gap-y-1">
        <h3 className="m-0 mr-auto text-sm font-semibold">{title}</h3>
        <Button small kind="quiet" aria-pressed={scale === 'log'} aria-label={t('chart.logOf', { title })} onClick={() => setScale(scale === 'log' ? 'linear' : 'log')} className="aria-pressed:border-edge aria-pressed:text-ink">
          log
        </Button>
        <Button small kind="quiet" className="!px-1.5" disabled={!isReady} aria-label={t('chart.pngOf', { title })} title="PNG" onClick={png}>
          <ImageDown size={15} aria-hidden />
        </Button>
        {csv !== undefined && (
          <DownloadButton small kind="quiet" className="!px-1.5" href={csv} aria-label={t('chart.csvOf', { title })} title="CSV">
            <Sheet size={15} aria-hidden />
          </DownloadButton>
        )}
      </div>
      {curves.length > 1 && <CurveLegend curves={drawable} />}
      <div style={{ height }} onKeyDownCapture={hear} className={isReady ? undefined : 'grid place-items-center rounded-base bg-wash text-sm text-muted'}>
        {isReady ? (
          <CurvePlot {...{ curves: drawable, rows, smoothing, scale, across, upwards, height, sayAcross, readAt }} acrossTicks={acrossTicks(axis.kind, across)} sayUpwards={sayShort} onDraw={onRange} />
        ) : (
          drawable.length === 0 && <p className="m-0 px-4 text-center">{empty}</p>
        )}
      </div>
      <CurveTable label={title} curves={drawable} say={say} />
    </figure>
  )
}

function* valuesOf(rows: readonly { [line: string]: number }[], { from, to }: Range): Generator<number> {
  for (const row of rows) {
    const { step = 0 } = row
    if (step < from || step > to) continue
    for (const [line, value] of Object.entries(row)) if (line.startsWith('raw-') || line.startsWith('smooth-')) yield value
  }
}

/** What a key makes of the range; undefined where it means nothing to a chart. */
function keyed(event: React.KeyboardEvent, shown: Range, whole: Range): Range | null | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  if (event.key === '+' || event.key === '=') return zoomed(shown, whole, 0.5)
  if (event.key === '-') return zoomed(shown, whole, 2)
  if (event.key === '0' || event.key === 'Escape') return null
  if (event.shiftKey && event.key === 'ArrowLeft') return moved(shown, whole, -0.25)
  if (event.shiftKey && event.key === 'ArrowRight') return moved(shown, whole, 0.25)
  return undefined
}
