'use client'

import { useRef, useState } from 'react'
import { type AxisKind, axisKinds } from '@/app/_ui/chart/axis'
import type { ChartView } from '@/app/_ui/chart/chart-controls'
import { readRange } from '@/app/_ui/chart/range'
import { useUrlState } from '@/app/_ui/use-url-state'

/** How the charts of a page are looked at, as it stands in the address: `axis`, `smooth` and `steps`. */
export function useChartView(smoothing: number): ChartView {
  const [axis, setAxis] = useUrlState('axis')
  const [smooth, setSmooth] = useUrlState('smooth')
  const [steps, setSteps] = useUrlState('steps')
  // While the slider moves, the address is left alone: only where it comes to rest is written there.
  const [weight, setWeight] = useState(() => weightOf(smooth))
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  return {
    axis: kindOf(axis),
    smoothing: weight ?? smoothing,
    range: readRange(steps),
    setAxis: (kind) => setAxis(kind === 'step' ? null : kind),
    setSmoothing: (next) => {
      setWeight(next)
      clearTimeout(rest.current)
      rest.current = setTimeout(() => setSmooth(String(next)), 300)
    },
    setRange: (range) => setSteps(range && `${range.from}-${range.to}`),
  }
}

function kindOf(text: string | null): AxisKind {
  return axisKinds.find((kind) => kind === text) ?? 'step'
}

function weightOf(text: string | null): number | null {
  const weight = Number(text)
  return text === null || !(weight >= 0 && weight < 1) ? null : weight
}
