'use client'

import { ChevronLeft, ChevronRight, RotateCcw, ZoomIn, ZoomOut } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { type AxisKind, axisKinds } from '@/app/_ui/chart/axis'
import { moved, type Range, within, zoomed } from '@/app/_ui/chart/range'

export type ChartView = {
  axis: AxisKind
  smoothing: number
  range: Range | null
  setAxis(kind: AxisKind): void
  setSmoothing(weight: number): void
  setRange(range: Range | null): void
}

const boxLook = 'h-7 rounded-base border border-line bg-raised px-1.5 text-sm text-ink hover:border-edge'

/** What holds for all charts of a page: the axis across, how much is smoothed, and which steps are shown. */
export function ChartControls({ view, whole, axes = axisKinds }: { view: ChartView; whole: Range; axes?: readonly AxisKind[] }) {
  const t = useTranslations('ui')
  const { axis, smoothing, range, setAxis, setSmoothing, setRange } = view
  const shown = range ?? whole
  const put = (end: Partial<Range>) => setRange(within({ ...shown, ...end }, whole))
  const icon = (label: string, Icon: typeof ZoomIn, next: () => Range | null, disabled = false) => (
    <Button small kind="quiet" className="!px-1.5" aria-label={label} title={label} disabled={disabled} onClick={() => setRange(next())}>
      <Icon size={15} aria-hidden />
    </Button>
  )
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 text-sm" role="group" aria-label={t('chart.controls')}>
      <label className="flex items-center gap-1.5">
        <span className="text-muted">{t('chart.axis')}</span>
        <select value={axis} onChange={(event) => setAxis(axisKinds.find((kind) => kind === event.target.value) ?? 'step')} className={boxLook}>
          {axes.map((kind) => (
            <option key={kind} value={kind}>{t(`chart.axes.${kind}`)}</option>
          ))}
        </select>
      </label>
      <label className="flex items-center gap-1.5">
        <span className="text-muted">{t('chart.smoothing')}</span>
        <input type="range" min={0} max={0.99} step={0.01} value={smoothing} onChange={(event) => setSmoothing(Number(event.target.value))} className="w-28" />
        <output className="w-8">{smoothing.toFixed(2)}</output>
      </label>
      <div className="flex flex-wrap items-center gap-1" role="group" aria-label={t('chart.range')}>
        <span className="text-muted">{t('step')}</span>
        <StepBox label={t('chart.from')} value={shown.from} whole={whole} onStep={(from) => put({ from })} />
        <span aria-hidden>–</span>
        <StepBox label={t('chart.to')} value={shown.to} whole={whole} onStep={(to) => put({ to })} />
        {icon(t('chart.zoomIn'), ZoomIn, () => zoomed(shown, whole, 0.5))}
        {icon(t('chart.zoomOut'), ZoomOut, () => zoomed(shown, whole, 2), range === null)}
        {icon(t('chart.earlier'), ChevronLeft, () => moved(shown, whole, -0.5), range === null)}
        {icon(t('chart.later'), ChevronRight, () => moved(shown, whole, 0.5), range === null)}
        {icon(t('chart.reset'), RotateCcw, () => null, range === null)}
      </div>
    </div>
  )
}

/** A step to be typed; it takes effect on Enter or when it is left, and is left alone meanwhile, though the run goes on. */
function StepBox({ label, value, whole, onStep }: { label: string; value: number; whole: Range; onStep: (step: number) => void }) {
  const [typed, setTyped] = useState<string | null>(null)
  const finish = () => {
    const step = Number(typed)
    if (typed !== null && typed !== '' && Number.isInteger(step) && step !== value) onStep(step)
    setTyped(null)
  }
  return (
    <input
      type="number"
      aria-label={label}
      value={typed ?? value}
      min={whole.from}
      max={whole.to}
      className={`${boxLook} w-20 text-right`}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => event.key === 'Enter' && finish()}
    />
  )
}
