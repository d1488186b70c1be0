import { describe, expect, it } from 'vitest'
import { bestTry, isOffPremise, type TryMeasure } from '@/lib/stages/stories/best-try'

const measure: TryMeasure = { premise: '邮差在雪夜迷路', target: 20, adherenceBelow: null }
const tried = (number: number, text: string, flaws: string[] = []) => ({ number, text, flaws })
const of = (length: number) => '邮差走过雪夜里的长街没有人看见他的灯火远去了又回来站在门外等到天亮'.slice(0, length)
const best = (...tries: ReturnType<typeof tried>[]) => bestTry(tries, measure).number

describe('the best try', () => {
  it('has the fewest flaws for which a story is refused, whatever else it has', () => {
    expect(best(tried(1, of(20), ['too-short']), tried(2, of(30), ['cut-off', 'looped', 'foreign']))).toBe(2)
  })

  it('then the fewest other flaws, of which being off the premise is one where that is asked', () => {
    expect(best(tried(1, of(20), ['looped']), tried(2, of(30)))).toBe(2)
    const off = tried(1, '掌柜的等了一个人整整一夜没有等到天亮。')
    const kept = tried(2, '邮差在雪夜迷路。')
    expect(bestTry([off, kept], measure).number).toBe(1)
    expect(bestTry([off, kept], { ...measure, adherenceBelow: 0.5 }).number).toBe(2)
  })

  it('then the length nearest to the target, marks not counted', () => {
    expect(best(tried(1, of(10)), tried(2, of(30)), tried(3, of(21)))).toBe(3)
    expect(best(tried(1, of(19)), tried(2, `${of(20)}。。。。。`))).toBe(2)
  })

  it('then the least repetition, then the earlier one', () => {
    expect(best(tried(1, '雪一直下'.repeat(5)), tried(2, of(20)))).toBe(2)
    expect(best(tried(1, of(20)), tried(2, of(20)))).toBe(1)
  })

  it('is the only one, and never none', () => {
    expect(best(tried(1, '', ['empty']))).toBe(1)
    expect(() => best()).toThrow(RangeError)
  })
})

it('a story is off its premise when it has too few of its words, and never when it has none', () => {
  expect(isOffPremise('掌柜的等了一夜。', '邮差在雪夜迷路', 0.5)).toBe(true)
  expect(isOffPremise('邮差在雪夜迷路。', '邮差在雪夜迷路', 0.5)).toBe(false)
  expect(isOffPremise('掌柜的等了一夜。', '邮差在雪夜迷路', null)).toBe(false)
  expect(isOffPremise('掌柜的等了一夜。', '？', 0.5)).toBe(false)
})
