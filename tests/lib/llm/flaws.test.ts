import { describe, expect, it } from 'vitest'
import { flawsOfPremise, unwrapped } from '@/lib/llm/premise-flaws'
import { flawsOfStory, refusingFlaws } from '@/lib/llm/story-flaws'

describe('unwrapped', () => {
  it.each([
    ['  雪夜归人。\n', '雪夜归人。'],
    ['“雪夜归人。”', '雪夜归人。'],
    ['"雪夜归人。"', '雪夜归人。'],
    ['「 雪夜归人 」', '雪夜归人'],
    ['《雪》', '雪'],
    ['“雪夜”与“归人”', '“雪夜”与“归人”'],
    ['他说“走吧”', '他说“走吧”'],
    ['“', '“'],
    ['“”', ''],
    ['', ''],
  ])('%j becomes %j', (answer, text) => expect(unwrapped(answer)).toBe(text))
})

describe('flawsOfPremise', () => {
  const passage = '天还没亮，掌柜的已经点起了灯，江面结了冰，船都停在岸边，谁也不肯先开口说话。'
  const limits = { minimumCharacters: 6, maximumCharacters: 30 }
  it.each<[string, string, string[], string?]>([
    ['good', '冰封的江边，众人沉默地等待天亮。', []],
    ['as short as may be', '江边的早晨亮', []],
    ['as long as may be', '一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉', []],
    ['counted in characters, not units', '𠀀𠀁𠀂𠀃𠀄𠀅', []],
    ['empty', '', ['empty']],
    ['too short', '江边早晨', ['too-short']],
    ['too long', '一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌', ['too-long']],
    ['a preamble', '好的，冰封江边众人沉默。', ['preamble']],
    ['a preamble in English', 'Sure, men by a frozen river', ['preamble']],
    ['a label', '提要：冰封江边众人沉默。', ['preamble']],
    ['several lines', '冰封江边\n众人沉默', ['several-lines']],
    ['a run twice', '众人沉默，众人沉默，天亮了', ['repeated']],
    ['a character over and over', '天亮啊啊啊啊了', ['repeated']],
    ['copied', '掌柜的已经点起了灯，江面结了冰，', ['copied']],
    ['one character short of copied', '掌柜的已经点起了灯，江面结了冰。', []],
    ['cut off', '冰封的江边，众人沉默地等', ['cut-off'], 'length'],
    ['with half a character', '冰封的江边，众人沉默地等\ufffd', ['garbled']],
    ['several at once', '好的\n', ['too-short', 'preamble', 'several-lines']],
  ])('%s', (_, premise, flaws, finishReason = 'stop') => {
    expect(flawsOfPremise(premise, passage, limits, finishReason)).toEqual(flaws)
  })

  it('comes to an end on an answer as long as any', () => {
    expect(flawsOfPremise('山高水远路漫漫'.repeat(100_000).concat('完'), passage, limits, 'stop')).toContain('too-long')
  }, 5_000)
})

describe('flawsOfStory', () => {
  const story = Array.from({ length: 40 }, (_, index) => String.fromCodePoint(0x4e00 + index * 7, 0x5e00 + index * 3)).join('')
  it.each<[string, string, string[], string?]>([
    ['good', story, []],
    ['empty', '', ['empty']],
    ['nothing but blanks', ' \n\u3000', ['empty']],
    ['too short', '雪夜归人，灯还亮着。', ['too-short']],
    ['cut off', story, ['cut-off'], 'length'],
    ['with half a character', `${story}\ufffd`, ['garbled']],
    ['in a loop', '他看着窗外的雪一直下。'.repeat(10), ['looped']],
    ['half in a loop', story + story, []],
    ['begins with its premise', `雪夜里归来的人点灯${story}`, ['echo']],
    ['not Chinese', 'The snow fell on the village and no one came home that night, or the next, or ever after it.', ['foreign']],
    ['a third not Chinese', `${story}${'x'.repeat(40)}`, []],
    ['more than a third not Chinese', `${story}${'x'.repeat(41)}`, ['foreign']],
    ['marks and spaces alone', '……——！'.repeat(20), ['looped']],
  ])('%s', (_, text, flaws, finishReason = 'stop') => {
    expect(flawsOfStory(text, '雪夜里归来的人点灯', 30, finishReason)).toEqual(flaws)
  })

  it('counts characters, not units, and takes a short premise for no echo', () => {
    expect(flawsOfStory('𠀀'.repeat(29), '雪', 30, 'stop')).toContain('too-short')
    expect(flawsOfStory(`雪${story}`, '雪', 30, 'stop')).toEqual([])
  })

  it('asks anew only for what cannot be handed in', () => expect(refusingFlaws).toEqual(['empty', 'too-short']))
})
