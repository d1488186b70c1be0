'use client'

import { memo, useMemo } from 'react'
import { useFormatter, useLocale, useTranslations } from 'use-intl/react'
import { byteSize } from '@/app/_ui/byte-size'
import { axisOf } from '@/app/_ui/chart/axis'
import { ChartControls } from '@/app/_ui/chart/chart-controls'
import { CurveChart } from '@/app/_ui/chart/curve-chart'
import type { Curve } from '@/app/_ui/chart/curve'
import { within } from '@/app/_ui/chart/range'
import { useChartView } from '@/app/_ui/chart/use-chart-view'
import { Panel } from '@/app/_ui/panel'
import { chartsOf, type ChartUnit, type UnnamedCurve } from '@/app/projects/[projectId]/training/[runId]/_components/charts-of'
import { firstStep, lastStep, type Metrics } from '@/app/projects/[projectId]/training/[runId]/_components/metric-series'
import { useDetail } from '@/app/projects/[projectId]/training/[runId]/_components/use-metrics'

type Props = { runId: string; name: string; metrics: Metrics; stepsPerEpoch: number; empty: string }

/** Every curve of a run: the loss large, the others small, all of the same steps. Drawn anew only when there are new steps. */
export const RunCharts = memo(function RunCharts({ runId, name, metrics, stepsPerEpoch, empty }: Props) {
  const t = useTranslations('training')
  const say = useUnits()
  const whole = { from: firstStep(metrics), to: Math.max(lastStep(metrics), firstStep(metrics) + 1) }
  const view = useChartView(usualSmoothing(whole.to))
  const range = view.range && within(view.range, whole)
  const detail = useDetail(runId, range)
  const seconds = metrics.series.get('step_seconds')
  const axis = useMemo(() => axisOf(view.axis, stepsPerEpoch, seconds ?? []), [view.axis, stepsPerEpoch, seconds])
  const charts = useMemo(() => {
    const named = (curve: UnnamedCurve): Curve => ({ ...curve, name: curve.gpu === undefined ? t(`curves.${curve.word}`) : t('curves.deviceOf', { number: curve.gpu }) })
    return chartsOf(metrics, detail?.metrics ?? null).map((chart) => ({ ...chart, curves: chart.curves.map(named) }))
  }, [metrics, detail, t])
  const [first, ...others] = charts.map(({ key, unit, smooths, names, curves }) => ({
    key,
    chart: (
      <CurveChart
        title={t(`charts.${key}`)}
        curves={curves}
        axis={axis}
        smoothing={smooths ? view.smoothing : 0}
        whole={whole}
        range={range}
        onRange={view.setRange}
        say={say(unit)}
        sayShort={say(unit, true)}
        height={key === 'loss' ? 300 : 180}
        csv={`/api/training/${runId}/metrics.csv?names=${names.join(',')}`}
        fileName={`${name}-${key}`}
        empty={key === 'device' ? t('deviceNone') : empty}
      />
    ),
  }))
  return (
    <Panel title={t('curvesOf')}>
      <ChartControls view={{ ...view, range }} whole={whole} axes={stepsPerEpoch > 0 ? undefined : ['step', 'time']} />
      <div className="mt-4">{first?.chart}</div>
      <div className="mt-5 grid gap-x-6 gap-y-5 md:grid-cols-2">
        {others.map(({ key, chart }) => (
          <div key={key} className="min-w-0">{chart}</div>
        ))}
      </div>
    </Panel>
  )
})

/** A short run is smoothed less: a mean that remembers ten steps says little about the first twenty. */
function usualSmoothing(steps: number): number {
  return Math.round(Math.max(0, Math.min(0.9, 1 - 10 / Math.max(1, steps))) * 100) / 100
}

function useUnits(): (unit: ChartUnit, isShort?: boolean) => (value: number) => string {
  const t = useTranslations('training')
  const format = useFormatter()
  const locale = useLocale()
  return (unit, isShort = false) => (value) => {
    switch (unit) {
      case 'nats':
        return format.number(value, isShort ? { maximumSignificantDigits: 4 } : { minimumFractionDigits: 4, maximumFractionDigits: 4 })
      case 'plain':
        return format.number(value, { maximumSignificantDigits: isShort ? 4 : 5, notation: isShort && Math.abs(value) >= 10_000 ? 'compact' : 'standard' })
      case 'rate':
        return value === 0 ? '0' : value.toExponential(isShort ? 2 : 3)
      case 'bytes':
        return byteSize(value, locale)
      case 'seconds':
        return isShort ? `${format.number(value, { maximumSignificantDigits: 3 })} s` : t('seconds', { seconds: format.number(value, { maximumSignificantDigits: 4 }) })
      case 'percent':
        return `${format.number(value, { maximumFractionDigits: isShort ? 0 : 1 })} %`
      case 'watts':
        return `${format.number(value, { maximumFractionDigits: 0 })} W`
    }
  }
}
