import type { Stretch } from '@/lib/stages/training/stretches'

/** A run's metrics as the page holds them: one series a name, in the order of the steps; of a long run in stretches. */
export type Metrics = { epoch: number; series: ReadonlyMap<string, readonly Stretch[]> }

export const noMetrics: Metrics = { epoch: 0, series: new Map() }

/** Stretches of a series from which on the whole is read again, in fewer. */
const most = 1_400

/** The last step of the loss, which every step has; -1 before the first. */
export function lastStep(metrics: Metrics): number {
  return metrics.series.get('loss')?.at(-1)?.last ?? -1
}

/** The first step of anything: 0 where there was a validation before the first step. */
export function firstStep(metrics: Metrics): number {
  const first = Math.min(...[...metrics.series.values()].map((stretches) => stretches[0]?.first ?? Infinity))
  return Number.isFinite(first) ? first : 0
}

/**
 * Adds what came for the steps from `from` on. Null when that does not continue what there is (another attempt writes now,
 * the last known step was taken back, or so much has come that it is told in stretches): then everything is to be read again.
 */
export function continued(known: Metrics, from: number, answer: Metrics): Metrics | null {
  if (from < 0) return answer
  if (answer.epoch !== known.epoch) return null
  const loss = answer.series.get('loss')
  if (!loss?.some(({ first, last }) => first === from && last === from)) return null
  const series = new Map(known.series)
  for (const [name, fresh] of answer.series) {
    // A stretch that holds the step and others before it stays as it is; the step alone is told anew.
    const kept = (known.series.get(name) ?? []).filter(({ first }) => first < from)
    const end = kept.at(-1)?.last ?? -1
    const all = [...kept, ...fresh.filter(({ first }) => first > end)]
    if (all.length > most) return null
    series.set(name, all)
  }
  return { epoch: answer.epoch, series }
}

export function latest(metrics: Metrics, name: string): number | null {
  const last = metrics.series.get(name)?.at(-1)
  return last ? last.mean : null
}

/** Mean of the last values of a series, for what jumps from step to step. */
export function recentMean(metrics: Metrics, name: string, count: number): number | null {
  let [sum, taken] = [0, 0]
  for (const stretch of (metrics.series.get(name) ?? []).slice(-count).toReversed()) {
    if (taken >= count) break
    sum += stretch.mean * stretch.count
    taken += stretch.count
  }
  return taken === 0 ? null : sum / taken
}
