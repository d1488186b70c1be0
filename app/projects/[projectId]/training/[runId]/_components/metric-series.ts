import type { Point } from '@/app/_ui/chart-series'

/** A run's metrics as the page holds them: one series a name, in the order of the steps. */
export type Metrics = { epoch: number; series: ReadonlyMap<string, readonly Point[]> }

export type MetricAnswer = { epoch: number; series: readonly { name: string; points: readonly Point[] }[] }

export const noMetrics: Metrics = { epoch: 0, series: new Map() }

/** The last step of the loss, which every step has; -1 before the first. */
export function lastStep(metrics: Metrics): number {
  return metrics.series.get('loss')?.at(-1)?.step ?? -1
}

/**
 * Adds what came for the steps from `from` on. Null when that does not continue what there is: another attempt
 * writes now, or the last known step was taken back. Then everything is to be read again.
 */
export function continued(known: Metrics, from: number, answer: MetricAnswer): Metrics | null {
  if (from < 0) return { epoch: answer.epoch, series: new Map(answer.series.map(({ name, points }) => [name, points])) }
  if (answer.epoch !== known.epoch) return null
  const loss = answer.series.find((each) => each.name === 'loss')
  if (!loss?.points.some((point) => point.step === from)) return null
  const series = new Map(known.series)
  for (const { name, points } of answer.series) series.set(name, [...(known.series.get(name) ?? []).filter((point) => point.step < from), ...points])
  return { epoch: answer.epoch, series }
}

export function latest(metrics: Metrics, name: string): number | null {
  return metrics.series.get(name)?.at(-1)?.value ?? null
}

/** Mean of the last values of a series, for what jumps from step to step. */
export function recentMean(metrics: Metrics, name: string, count: number): number | null {
  const points = metrics.series.get(name)?.slice(-count) ?? []
  return points.length === 0 ? null : points.reduce((sum, point) => sum + point.value, 0) / points.length
}
