import type { Axis } from '@/app/_ui/chart/axis'
import { type Curve, pointsOf, smoothedCurve } from '@/app/_ui/chart/curve'
import type { Scale } from '@/app/_ui/chart/scale'

/** One place on the axis across with the values that the curves have there: `raw-KEY`, `smooth-KEY`. */
export type ChartRow = { step: number; x: number; [line: string]: number }

/** The curves as one list of rows, in the order of the steps. Nothing at or below 0 is on a logarithmic scale. */
export function chartRows(curves: readonly Curve[], axis: Axis, scale: Scale, smoothing: number): ChartRow[] {
  const rows = new Map<number, ChartRow>()
  const put = (line: string, points: readonly { step: number; value: number }[]) => {
    for (const { step, value } of points) {
      if (scale === 'log' && value <= 0) continue
      const row = rows.get(step) ?? { step, x: axis.xOf(step) }
      row[line] = value
      rows.set(step, row)
    }
  }
  for (const { key, kind, stretches, before } of curves) {
    put(`raw-${key}`, pointsOf(stretches))
    if (kind === 'line' && smoothing > 0) put(`smooth-${key}`, smoothedCurve(stretches, smoothing, before))
  }
  return [...rows.values()].sort((a, b) => a.step - b.step)
}
