import { describe, expect, it } from 'vitest'
import { burrowsDelta, characterProfile, styleScores, styleSpace } from '@/lib/scoring/burrows-delta'
import { dialogueShare } from '@/lib/scoring/dialogue-share'
import { sentenceLengths } from '@/lib/scoring/sentence-lengths'
import { styleMap } from '@/lib/scoring/style-map'

describe('Burrows’s Delta', () => {
  const profiles = ['的的了是', '的了了是', '的了是是'].map(characterProfile)
  const space = styleSpace(profiles, 3)

  it('agrees with the figures worked out by hand', () => {
    // Each character has the shares ½ ¼ ¼ in some order: mean 1/3, deviation √(1/48).
    expect(space.features.toSorted()).toEqual(['了', '是', '的'].toSorted())
    for (const mean of space.means) expect(mean).toBeCloseTo(1 / 3, 10)
    for (const deviation of space.deviations) expect(deviation).toBeCloseTo(Math.sqrt(1 / 48), 10)
    const [one = [], other = []] = profiles.map((profile) => styleScores(profile, space))
    // Two characters differ by a quarter, the third by nothing.
    expect(burrowsDelta(one, other)).toBeCloseTo((2 * 0.25 / Math.sqrt(1 / 48)) / 3, 10)
    expect(burrowsDelta(one, one)).toBe(0)
  })

  it('takes the commonest features, and none that all have alike', () => {
    expect(styleSpace(['的的的了是', '的的的是了'].map(characterProfile)).features).toEqual([])
    expect(styleSpace(['的的的的了', '的的的了了'].map(characterProfile), 1).features).toEqual(['的'])
  })

  it('counts function words too, and no marks or Latin', () => {
    const profile = characterProfile('没有，没有。No!')
    expect(profile.get('没有')).toBe(0.5)
    expect(profile.get('没')).toBe(0.5)
    expect(profile.has('N')).toBe(false)
  })
})

describe('sentence lengths', () => {
  it('are counted in Han characters', () => {
    expect(sentenceLengths('他走了。“她，没有回头！”')).toEqual({ sentence: 4, sentenceDeviation: 1, clause: 8 / 3 })
    expect(sentenceLengths('……')).toEqual({ sentence: 0, sentenceDeviation: 0, clause: 0 })
  })
})

describe('the share of dialogue', () => {
  it('is what stands in quotation marks', () => {
    expect(dialogueShare('“走吧。”他说。')).toBe(0.5)
    expect(dialogueShare('「走吧」"走吧"他们走了')).toBe(0.5)
  })

  it('lets a quotation left open end with its line', () => {
    expect(dialogueShare('“走吧\n他走了啊啊啊')).toBe(0.25)
    expect(dialogueShare('')).toBe(0)
  })
})

describe('the style map', () => {
  it('keeps the distances of points that lie in a plane', () => {
    const places = [[0, 0], [3, 0], [0, 4], [3, 4], [1, 1]] as const
    const apart = (one: readonly [number, number], other: readonly [number, number]) => Math.hypot(one[0] - other[0], one[1] - other[1])
    const map = styleMap(places.map((one) => places.map((other) => apart(one, other))))
    map.forEach((one, i) => map.forEach((other, j) => {
      expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeCloseTo(apart(places[i] ?? [0, 0], places[j] ?? [0, 0]), 4)
    }))
  })

  it('puts points that are all one on one place', () => {
    expect(styleMap([[0, 0], [0, 0]])).toEqual([{ x: 0, y: 0 }, { x: 0, y: 0 }])
  })
})
