import { describe, expect, it } from 'vitest'
import { flawsOfPremise, outcomeOf, type PremiseFlaw, unwrapped } from '@/lib/llm/premise-flaws'
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
    ['<think>\n先想想\n</think>\n\n“雪夜归人。”', '雪夜归人。'],
    ['<think>没有想完', '<think>没有想完'],
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
    ['a preamble in English', 'Sure, men by a frozen river', ['preamble', 'foreign']],
    ['a label', '提要：冰封江边众人沉默。', ['preamble']],
    ['several lines', '冰封江边\n众人沉默', ['several-lines']],
    ['a run twice', '众人沉默，众人沉默，天亮了', ['repeated']],
    ['a character over and over', '天亮啊啊啊啊了', ['repeated']],
    ['copied', '掌柜的已经点起了灯，江面结了冰，', ['copied']],
    ['one character short of copied', '掌柜的已经点起了灯，江面结了冰。', []],
    ['cut off', '冰封的江边，众人沉默地等', ['cut-off'], 'length'],
    ['with half a character', '冰封的江边，众人沉默地等\ufffd', ['garbled']],
    ['a chat marker', '众人沉默地等天亮，谁也不说话<s>', ['special-token']],
    ['in another language', 'Silent men wait for the dawn', ['foreign']],
    ['a foreign word or two', '众人在冰封的江边等 3 点的 taxi', []],
    ['a name that is not there', '李明在冰封的江边等天亮', ['unknown-name']],
    ['several at once', '好的\n', ['too-short', 'preamble', 'several-lines']],
  ])('%s', (_, premise, flaws, finishReason = 'stop') => {
    expect(flawsOfPremise(premise, passage, limits, finishReason)).toEqual(flaws)
  })

  it('lets an outline have several lines, and knows what stands around the passage', () => {
    expect(flawsOfPremise('冰封的江边\n众人沉默', passage, limits, 'stop', { style: 'outline' })).toEqual([])
    expect(flawsOfPremise('李明在冰封的江边等天亮', passage, limits, 'stop', { around: ['李家的人都来了。'] })).toEqual([])
    expect(flawsOfPremise('冰封的江边众人沉默', passage, limits, 'stop', { leaks: (text) => text.includes('江边') })).toEqual(['leak'])
  })

  it('takes a foreign passage’s language for its own', () => {
    const english = 'The river was frozen, and nobody in the village spoke before the sun came up.'
    expect(flawsOfPremise('Men wait by a river', english, limits, 'stop')).toEqual([])
  })

  it.each<[string, PremiseFlaw[], boolean, 'good' | 'refused' | null]>([
    ['without a flaw', [], false, 'good'],
    ['with a flaw, more tries to come', ['too-long'], false, null],
    ['with a flaw at the last try', ['too-long'], true, 'refused'],
    ['only marked, more tries to come', ['leak'], false, null],
    ['only marked at the last try', ['leak', 'unknown-name'], true, 'good'],
    ['marked and flawed at the last try', ['leak', 'empty'], true, 'refused'],
  ])('an answer %s', (_, flaws, isLast, outcome) => expect(outcomeOf(flaws, isLast)).toBe(outcome))

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
