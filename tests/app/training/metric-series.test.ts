import { describe, expect, it } from 'vitest'
import { chartsOf } from '@/app/projects/[projectId]/training/[runId]/_components/charts-of'
import { continued, firstStep, lastStep, latest, type Metrics, noMetrics, recentMean } from '@/app/projects/[projectId]/training/[runId]/_components/metric-series'
import type { Stretch } from '@/lib/stages/training/stretches'
import { stretchesOf } from '@/tests/support/stretches'

const series = (values: Record<number, number>) => stretchesOf(Object.entries(values).map(([step, value]) => ({ step: Number(step), value })))
const answer = (epoch: number, all: Record<string, Stretch[]>): Metrics => ({ epoch, series: new Map(Object.entries(all)) })
const first = answer(1, { loss: series({ 1: 4, 2: 3.5 }), validation_loss: series({ 0: 4.2 }) })

describe('the metrics of a run', () => {
  it('begin with everything', () => {
    expect(continued(noMetrics, -1, first)).toEqual(first)
    expect([firstStep(first), lastStep(first)]).toEqual([0, 2])
    expect([firstStep(noMetrics), lastStep(noMetrics)]).toEqual([0, -1])
  })

  it('go on from the last known step, which comes again with what was measured after it', () => {
    const next = continued(first, 2, answer(1, { loss: series({ 2: 3.5, 3: 3.1 }), validation_loss: series({ 2: 3.6 }) }))
    expect(next?.series.get('loss')).toEqual(series({ 1: 4, 2: 3.5, 3: 3.1 }))
    expect(next?.series.get('validation_loss')).toEqual(series({ 0: 4.2, 2: 3.6 }))
  })

  it('keep the stretch that the last known step ends', () => {
    const stretch: Stretch = { first: 1, last: 20, count: 20, mean: 3, low: 2, lowStep: 7, high: 4, highStep: 1 }
    const next = continued(answer(1, { loss: [stretch] }), 20, answer(1, { loss: series({ 20: 3, 21: 2.9 }) }))
    expect(next?.series.get('loss')).toEqual([stretch, ...series({ 21: 2.9 })])
  })

  it('are to be read again when another attempt writes them, the last step was taken back, or too much has come', () => {
    expect(continued(first, 2, answer(2, { loss: series({ 2: 3.5 }) }))).toBeNull()
    expect(continued(first, 2, answer(1, {}))).toBeNull()
    expect(continued(first, 2, answer(1, { loss: series({ 3: 3 }) }))).toBeNull()
    expect(continued(first, 2, answer(1, { loss: [{ first: 2, last: 9, count: 8, mean: 3, low: 2, lowStep: 7, high: 4, highStep: 2 }] }))).toBeNull()
    expect(continued(first, 2, answer(1, { loss: series(Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [at + 2, 3]))) }))).toBeNull()
  })

  it('say their latest value and the mean of the last ones', () => {
    expect(latest(first, 'loss')).toBe(3.5)
    expect(latest(first, 'grad_norm')).toBeNull()
    expect(recentMean(first, 'loss', 10)).toBe(3.75)
    expect(recentMean(first, 'loss', 1)).toBe(3.5)
    expect(recentMean(first, 'grad_norm', 3)).toBeNull()
  })
})

describe('the charts of a run', () => {
  const chart = (metrics: Metrics, key: string, detail: Metrics | null = null) => chartsOf(metrics, detail).find((each) => each.key === key)

  it('are there before there is anything to draw, power only where it is told', () => {
    expect(chartsOf(noMetrics, null).map(({ key }) => key)).toEqual(['loss', 'perplexity', 'learningRate', 'gradientNorm', 'tokensPerSecond', 'stepTime', 'memory', 'device'])
    expect(chart(answer(1, { device_watts: series({ 1: 300 }) }), 'watts')?.curves).toHaveLength(1)
  })

  it('have a curve for each of several GPUs', () => {
    const device = chart(answer(1, { device_percent_1: series({ 1: 3 }), device_percent_0: series({ 1: 4 }) }), 'device')
    expect(device?.curves.map(({ key }) => key)).toEqual(['cpu_percent', 'device_percent', 'device_percent_0', 'device_percent_1'])
  })

  it('of a part draw that part, and know what came before it', () => {
    const part = answer(1, { loss: series({ 2: 3.5 }) })
    expect(chart(first, 'loss', part)?.curves[0]).toMatchObject({ stretches: series({ 2: 3.5 }), before: first.series.get('loss') })
    expect(chart(first, 'perplexity')?.curves[1]?.stretches[0]?.mean).toBeCloseTo(Math.exp(4.2))
  })
})
