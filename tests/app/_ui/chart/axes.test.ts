import { describe, expect, it } from 'vitest'
import { acrossTicks, axisOf } from '@/app/_ui/chart/axis'
import { joined } from '@/app/_ui/chart/curve'
import { moved, readRange, within, zoomed } from '@/app/_ui/chart/range'
import { chartRows } from '@/app/_ui/chart/rows'
import { extent, ticksBetween, toldApart } from '@/app/_ui/chart/scale'
import { stretchesOf } from '@/tests/support/stretches'

describe('marks whose words are the same', () => {
  it('are one mark', () => {
    const say = (value: number) => value.toFixed(1)
    expect(toldApart([3.2, 3.21, 3.22, 3.3, 3.31], say)).toEqual([3.2, 3.3])
    expect(toldApart([1, 2, 3], say)).toEqual([1, 2, 3])
    expect(toldApart([], say)).toEqual([])
  })
})

describe('the axis across', () => {
  const seconds = stretchesOf([1, 2, 3, 4].map((step) => ({ step, value: step })))

  it('counts steps, epochs, or the seconds that training had taken', () => {
    expect(axisOf('step', 10, seconds).xOf(25)).toBe(25)
    expect(axisOf('epoch', 10, seconds).xOf(25)).toBe(2.5)
    expect([0, 1, 2, 4, 9].map(axisOf('time', 10, seconds).xOf)).toEqual([0, 1, 3, 10, 10])
    // Of a stretch of two steps each has half.
    expect([1, 2, 3, 4].map(axisOf('time', 10, joined(seconds, 2)).xOf)).toEqual([1.5, 3, 6.5, 10])
  })

  it('is marked at round numbers, of time at round parts of the hour and the day', () => {
    expect(acrossTicks('step', [0, 120])).toEqual([0, 20, 40, 60, 80, 100, 120])
    expect(acrossTicks('epoch', [0, 1.5])).toEqual([0, 0.5, 1, 1.5])
    expect(acrossTicks('time', [100, 1_000])).toEqual([300, 600, 900])
    expect(acrossTicks('time', [0, 26_000])).toEqual([0, 7_200, 14_400, 21_600])
    expect(acrossTicks('time', [0, 1_000_000])).toEqual([0, 172_800, 345_600, 518_400, 691_200, 864_000])
    expect(acrossTicks('time', [0, 3])).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3])
  })

  it('is of steps where there is nothing to reckon the other from', () => {
    expect(axisOf('epoch', 0, []).kind).toBe('step')
    expect(axisOf('time', 5, []).kind).toBe('step')
  })
})

describe('the axis upwards', () => {
  it('leaves room, and does not go below 0 for what cannot', () => {
    expect(extent([2, 4], 'linear')).toEqual([1.9, 4.1])
    expect(extent([0, 4], 'linear')).toEqual([0, 4.2])
    expect(extent([3, 3], 'linear')).toEqual([expect.closeTo(2.7), expect.closeTo(3.3)])
    expect(extent([], 'linear')).toBeNull()
  })

  it('has nothing at or below 0 on a logarithmic scale', () => {
    expect(extent([0, -1], 'log')).toBeNull()
    expect(extent([0, 1, 10], 'log')).toEqual([expect.closeTo(1 / 1.05), 10.5])
  })

  it('is marked at round numbers', () => {
    expect(ticksBetween([0, 0.93], 'linear')).toEqual([0, 0.2, 0.4, 0.6, 0.8])
    expect(ticksBetween([1.2, 3.4], 'linear')).toEqual([1.5, 2, 2.5, 3])
    expect(ticksBetween([0.9, 120], 'log')).toEqual([1, 2, 5, 10, 20, 50, 100])
    expect(ticksBetween([1e-8, 1e8], 'log')).toEqual([1e-8, 1e-5, 1e-2, 10, 1e4, 1e7])
    expect(ticksBetween([3.1, 3.4], 'log')).toEqual([3.1, 3.2, 3.3, 3.4])
  })
})

describe('the rows of a chart', () => {
  const look = { colour: 'azurite', dash: undefined } as const
  const loss = { key: 'loss', name: '', look, kind: 'line' as const, stretches: stretchesOf([{ step: 1, value: 4 }, { step: 2, value: 0 }]) }
  const held = { key: 'held', name: '', look, kind: 'dots' as const, stretches: stretchesOf([{ step: 2, value: 3 }]) }

  it('are one a step, raw and smoothed; dots are never smoothed', () => {
    expect(chartRows([loss, held], axisOf('epoch', 2, []), 'linear', 0.5)).toEqual([
      { step: 1, x: 0.5, 'raw-loss': 4, 'smooth-loss': 4 },
      { step: 2, x: 1, 'raw-loss': 0, 'smooth-loss': expect.closeTo(4 / 3), 'raw-held': 3 },
    ])
  })

  it('leave out on a logarithmic scale what it cannot show', () => {
    expect(chartRows([loss], axisOf('step', 0, []), 'log', 0)).toEqual([{ step: 1, x: 1, 'raw-loss': 4 }])
  })
})

describe('the steps shown', () => {
  const whole = { from: 0, to: 100 }

  it('are halved, doubled and moved, never beyond what there is', () => {
    expect(zoomed(whole, whole, 0.5)).toEqual({ from: 25, to: 75 })
    expect(zoomed({ from: 25, to: 75 }, whole, 2)).toBeNull()
    expect(zoomed({ from: 0, to: 20 }, whole, 2)).toEqual({ from: 0, to: 30 })
    expect(zoomed({ from: 10, to: 11 }, whole, 0.5)).toEqual({ from: 10, to: 12 })
    expect(moved({ from: 25, to: 75 }, whole, 0.25)).toEqual({ from: 38, to: 88 })
    expect(moved({ from: 60, to: 90 }, whole, 1)).toEqual({ from: 70, to: 100 })
    expect(moved({ from: 10, to: 40 }, whole, -1)).toEqual({ from: 0, to: 30 })
  })

  it('are none where they are all, or not there', () => {
    expect(within({ from: -5, to: 200 }, whole)).toBeNull()
    expect(within({ from: 150, to: 200 }, whole)).toBeNull()
    expect(within({ from: 90, to: 200 }, whole)).toEqual({ from: 90, to: 100 })
  })

  it('are read from an address that may say anything', () => {
    expect(readRange('12-480')).toEqual({ from: 12, to: 480 })
    for (const text of [null, '', '12', '5-5', '9-2', 'a-b', '1-99999999999']) expect(readRange(text)).toBeNull()
  })
})
