'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { type Curve, stretchAt } from '@/app/_ui/chart/curve'

const pageSize = 50

/** The figures that a chart is drawn from, a page at a time; a row is a step, or a stretch of steps with its mean and its ends. */
export function CurveTable({ label, curves, say }: { label: string; curves: readonly Curve[]; say: (value: number) => string }) {
  const t = useTranslations('ui')
  const { number } = useFormatter()
  const [isOpen, setOpen] = useState(false)
  const [page, setPage] = useState(0)
  const starts = isOpen ? [...new Set(curves.flatMap(({ stretches }) => stretches.map(({ first }) => first)))].sort((a, b) => a - b) : []
  const last = Math.max(0, Math.ceil(starts.length / pageSize) - 1)
  const at = Math.min(page, last)
  const shown = starts.slice(at * pageSize, (at + 1) * pageSize)
  const cell = (curve: Curve, start: number) => {
    const stretch = stretchAt(curve.stretches, start)
    if (stretch?.first !== start) return ''
    return stretch.count === 1 ? say(stretch.mean) : t('chart.meanAndEnds', { mean: say(stretch.mean), low: say(stretch.low), high: say(stretch.high) })
  }
  const steps = (start: number) => {
    const end = Math.max(...curves.map(({ stretches }) => stretchAt(stretches, start)).flatMap((stretch) => (stretch?.first === start ? stretch.last : [])))
    return end > start ? `${number(start)}–${number(end)}` : number(start)
  }
  return (
    <details className="mt-2 text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit text-muted hover:text-ink">{t('asTable')}</summary>
      {isOpen && (
        <>
          <div className="mt-2 max-h-72 overflow-auto" tabIndex={0} role="region" aria-label={label}>
            <table className="w-full border-collapse">
              <caption className="sr-only">{label}</caption>
              <thead>
                <tr>
                  {[t('step'), ...curves.map(({ name }) => name)].map((head, column) => (
                    <th key={column} scope="col" className="sticky top-0 border-b border-line bg-raised px-2 py-1 text-right font-normal text-muted first:text-left">
                      {head}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {shown.map((start) => (
                  <tr key={start}>
                    <th scope="row" className="border-b border-line px-2 py-1 text-left font-normal whitespace-nowrap">{steps(start)}</th>
                    {curves.map((curve) => (
                      <td key={curve.key} className="border-b border-line px-2 py-1 text-right">{cell(curve, start)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {last > 0 && (
            <div className="mt-2 flex flex-wrap items-center gap-2">
              <Button small disabled={at === 0} onClick={() => setPage(at - 1)}>{t('previous')}</Button>
              <span className="text-muted" aria-live="polite">{t('rows', { from: number(at * pageSize + 1), to: number(Math.min(starts.length, (at + 1) * pageSize)), total: number(starts.length) })}</span>
              <Button small disabled={at === last} onClick={() => setPage(at + 1)}>{t('next')}</Button>
            </div>
          )}
        </>
      )}
    </details>
  )
}
