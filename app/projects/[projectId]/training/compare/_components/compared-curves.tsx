'use client'

import { useEffect, useMemo, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { stepAxis } from '@/app/_ui/chart/axis'
import { ChartControls } from '@/app/_ui/chart/chart-controls'
import { type Curve, curveLooks } from '@/app/_ui/chart/curve'
import { CurveChart } from '@/app/_ui/chart/curve-chart'
import { type Range, within } from '@/app/_ui/chart/range'
import { useChartView } from '@/app/_ui/chart/use-chart-view'
import { Panel } from '@/app/_ui/panel'
import { firstStep, lastStep, type Metrics, noMetrics } from '@/app/projects/[projectId]/training/[runId]/_components/metric-series'
import { fetchMetrics } from '@/app/projects/[projectId]/training/[runId]/_components/use-metrics'

/** `steps` is how far the run has come: when it moves on, its curves are read again. */
type ComparedRun = { id: string; name: string; steps: number }

const charts = [
  { key: 'validation', name: 'validation_loss', kind: 'dots' },
  { key: 'loss', name: 'loss', kind: 'line' },
  { key: 'gradientNorm', name: 'grad_norm', kind: 'line' },
  { key: 'tokensPerSecond', name: 'tokens_per_second', kind: 'line' },
] as const

/** The curves of several runs on the same axes, each run with one look in all charts. */
export function ComparedCurves({ runs }: { runs: readonly ComparedRun[] }) {
  const t = useTranslations('training')
  const { number } = useFormatter()
  const view = useChartView(0.9)
  const known = useRunMetrics(runs, null)
  const whole = known === null ? { from: 0, to: 1 } : wholeOf(known)
  const range = view.range && within(view.range, whole)
  const detail = useRunMetrics(runs, range, range !== null)
  const drawn = useMemo(
    () =>
      charts.map(({ key, name, kind }) => ({
        key,
        curves: runs.map((run, at): Curve => {
          const before = known?.[at]?.series.get(name) ?? []
          return { key: run.id, name: run.name, look: curveLooks[at % curveLooks.length] ?? { colour: 'azurite', dash: undefined }, kind, stretches: detail ? (detail[at]?.series.get(name) ?? []) : before, before: detail ? before : undefined }
        }),
      })),
    [runs, known, detail],
  )
  const title = { validation: t('figures.validationLoss'), loss: t('compare.trainingLoss'), gradientNorm: t('charts.gradientNorm'), tokensPerSecond: t('charts.tokensPerSecond') }
  return (
    <Panel title={t('curvesOf')}>
      <ChartControls view={{ ...view, range }} whole={whole} axes={['step']} />
      <div className="mt-4 grid gap-x-6 gap-y-5 lg:grid-cols-2">
        {drawn.map(({ key, curves }) => (
          <CurveChart
            key={key}
            title={title[key]}
            curves={curves}
            axis={stepAxis}
            smoothing={view.smoothing}
            whole={whole}
            range={range}
            onRange={view.setRange}
            say={(value) => number(value, { maximumSignificantDigits: 4 })}
            height={240}
            fileName={`runs-${key}`}
            empty={known === null ? t('metricsReading') : t('metricsNone')}
          />
        ))}
      </div>
    </Panel>
  )
}

/** The metrics of each run in their order, of a range of steps or of all; null until all are there, and where none are wanted. */
function useRunMetrics(runs: readonly ComparedRun[], range: Range | null, isWanted = true): readonly Metrics[] | null {
  const [read, setRead] = useState<{ of: string; all: readonly Metrics[] } | null>(null)
  const ids = runs.map(({ id }) => id).join()
  const steps = runs.map((run) => run.steps).join()
  const [from, to] = [range?.from, range?.to]
  const of = `${ids} ${from} ${to}`
  useEffect(() => {
    if (!isWanted) return
    let isLatest = true
    const steps = from === undefined || to === undefined ? null : { from, to }
    Promise.all(ids.split(',').map((id) => fetchMetrics(id, steps).catch(() => noMetrics))).then((all) => isLatest && setRead({ of, all }), () => {})
    return () => {
      isLatest = false
    }
  }, [isWanted, ids, steps, from, to, of])
  return isWanted && read?.of === of ? read.all : null
}

function wholeOf(all: readonly Metrics[]): Range {
  const from = Math.min(...all.map(firstStep))
  return { from, to: Math.max(from + 1, ...all.map(lastStep)) }
}
