import { type Curve, curveLooks, joined, mapped } from '@/app/_ui/chart/curve'
import type { Metrics } from '@/app/projects/[projectId]/training/[runId]/_components/metric-series'

export type ChartUnit = 'nats' | 'plain' | 'rate' | 'bytes' | 'seconds' | 'percent' | 'watts'

type Word = 'training' | 'validation' | 'value' | 'process' | 'trainer' | 'device' | 'processor'

/** A curve whose name is still to be said: a word, or the number of a GPU. */
export type UnnamedCurve = Omit<Curve, 'name'> & { word: Word; gpu: number | undefined }

export type RunChart = { key: ChartKey; unit: ChartUnit; smooths: boolean; names: readonly string[]; curves: UnnamedCurve[] }

const charts = [
  { key: 'loss', unit: 'nats', smooths: true, lines: [['loss', 'training'], ['validation_loss', 'validation']] },
  { key: 'perplexity', unit: 'plain', smooths: true, lines: [['loss', 'training'], ['validation_loss', 'validation']] },
  { key: 'learningRate', unit: 'rate', smooths: false, lines: [['learning_rate', 'value']] },
  { key: 'gradientNorm', unit: 'plain', smooths: true, lines: [['grad_norm', 'value']] },
  { key: 'tokensPerSecond', unit: 'plain', smooths: true, lines: [['tokens_per_second', 'value']] },
  { key: 'stepTime', unit: 'seconds', smooths: true, lines: [['step_seconds', 'value']] },
  { key: 'memory', unit: 'bytes', smooths: true, lines: [['memory_bytes', 'trainer'], ['process_memory_bytes', 'process'], ['device_memory_bytes', 'device']] },
  { key: 'device', unit: 'percent', smooths: true, lines: [['cpu_percent', 'processor'], ['device_percent', 'device']] },
] as const satisfies readonly { key: string; unit: ChartUnit; smooths: boolean; lines: readonly (readonly [string, Word])[] }[]

type ChartKey = (typeof charts)[number]['key'] | 'watts'

/** Stretches of a curve in a small chart: more than it is wide. */
const mostSmall = 300

/**
 * The charts of a run and their curves, from the metrics of the whole run and, where a part of it is shown, those of that
 * part. Power has a chart only where something tells it.
 */
export function chartsOf(metrics: Metrics, detail: Metrics | null): RunChart[] {
  const curve = (chart: ChartKey, name: string, word: Word, at: number, gpu?: number): UnnamedCurve => {
    const before = metrics.series.get(name) ?? []
    const seen = detail ? (detail.series.get(name) ?? []) : before
    const look = curveLooks[at % curveLooks.length] ?? { colour: 'azurite', dash: undefined }
    return { key: name, word, gpu, look, kind: name === 'validation_loss' ? 'dots' : 'line', stretches: chart === 'loss' ? seen : joined(seen, mostSmall), before: detail ? before : undefined }
  }
  const made = charts.map(({ key, unit, smooths, lines }): RunChart => {
    const curves = lines.map(([name, word], at) => curve(key, name, word, at))
    if (key === 'device') curves.push(...gpusOf(metrics).map((gpu, at) => curve(key, `device_percent_${gpu}`, 'device', at + 2, gpu)))
    return { key, unit, smooths, names: curves.map((each) => each.key), curves: key === 'perplexity' ? curves.map(perplexity) : curves }
  })
  if (!metrics.series.has('device_watts')) return made
  return [...made, { key: 'watts', unit: 'watts', smooths: true, names: ['device_watts'], curves: [curve('watts', 'device_watts', 'device', 0)] }]
}

/** Perplexity is e to the loss; a mean of losses gives that of all their tokens, not the mean of perplexities. */
function perplexity(curve: UnnamedCurve): UnnamedCurve {
  return { ...curve, stretches: mapped(curve.stretches, Math.exp), before: curve.before && mapped(curve.before, Math.exp) }
}

function gpusOf(metrics: Metrics): number[] {
  return [...metrics.series.keys()].flatMap((name) => /^device_percent_(\d+)$/.exec(name)?.[1] ?? []).map(Number).sort((a, b) => a - b)
}
