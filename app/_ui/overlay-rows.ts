import type { Point } from '@/app/_ui/chart-series'

/** A step with the value of each series that has one there, as `run0`, `run1`, … */
export type OverlayRow = { [key: string]: number }

/** Several series as rows by step, in the order of the steps. */
export function overlayRows(series: readonly (readonly Point[])[]): OverlayRow[] {
  const rows = new Map<number, OverlayRow>()
  for (const [at, points] of series.entries()) for (const { step, value } of points) rows.set(step, { ...rows.get(step), step, [`run${at}`]: value })
  return [...rows.entries()].sort(([a], [b]) => a - b).map(([, row]) => row)
}
