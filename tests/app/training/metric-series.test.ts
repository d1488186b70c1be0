import { describe, expect, it } from 'vitest'
import { continued, lastStep, latest, type MetricAnswer, noMetrics, recentMean } from '@/app/projects/[projectId]/training/[runId]/_components/metric-series'

const series = (name: string, values: Record<number, number>) => ({ name, points: Object.entries(values).map(([step, value]) => ({ step: Number(step), value })) })
const answer = (epoch: number, ...all: MetricAnswer['series'][number][]): MetricAnswer => ({ epoch, series: all })
const first = continued(noMetrics, -1, answer(1, series('loss', { 1: 4, 2: 3.5 }), series('validation_loss', { 0: 4.2 })))

describe('the metrics of a run', () => {
  it('begin with everything', () => {
    expect(first && lastStep(first)).toBe(2)
    expect(lastStep(noMetrics)).toBe(-1)
  })

  it('go on from the last known step, which comes again with what was measured after it', () => {
    if (!first) throw new Error('There is no first answer')
    const next = continued(first, 2, answer(1, series('loss', { 2: 3.5, 3: 3.1 }), series('validation_loss', { 2: 3.6 })))
    expect(next?.series.get('loss')).toEqual(series('loss', { 1: 4, 2: 3.5, 3: 3.1 }).points)
    expect(next?.series.get('validation_loss')).toEqual(series('validation_loss', { 0: 4.2, 2: 3.6 }).points)
  })

  it('are to be read again when another attempt writes them, or when the last step was taken back', () => {
    if (!first) throw new Error('There is no first answer')
    expect(continued(first, 2, answer(2, series('loss', { 2: 3.5 })))).toBeNull()
    expect(continued(first, 2, answer(1))).toBeNull()
    expect(continued(first, 2, answer(1, series('loss', { 3: 3 })))).toBeNull()
  })

  it('say their latest value and the mean of the last ones', () => {
    if (!first) throw new Error('There is no first answer')
    expect(latest(first, 'loss')).toBe(3.5)
    expect(latest(first, 'grad_norm')).toBeNull()
    expect(recentMean(first, 'loss', 10)).toBe(3.75)
    expect(recentMean(first, 'loss', 1)).toBe(3.5)
    expect(recentMean(first, 'grad_norm', 3)).toBeNull()
  })
})
