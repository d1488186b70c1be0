import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leakFinder, normalForm } from '@/lib/text/leaks'

const tests = [
  { premise: '雪夜里，远行的旅人回到了只剩母亲一人的老屋。', row: 1 },
  { premise: '末班车', row: 2 },
  { premise: '一封迟到三十年的信', row: 3 },
  { premise: '', row: 4 },
]
const find = leakFinder(tests)
const found = (text: string) => {
  const leak = find(text)
  return leak && [leak.kind, leak.test.row]
}

describe('leakFinder', () => {
  it.each<[string, string, ['same' | 'contains' | 'alike', number] | null]>([
    ['the premise itself', '雪夜里，远行的旅人回到了只剩母亲一人的老屋。', ['same', 1]],
    ['other punctuation, spaces and width', ' 雪夜里,远行的旅人 回到了——只剩母亲一人的老屋！', ['same', 1]],
    ['a short one exactly', '末班车。', ['same', 2]],
    ['a longer text with the premise in it', '他收到了一封迟到三十年的信，来自前线。', ['contains', 3]],
    ['a part of the premise', '远行的旅人回到了', ['contains', 1]],
    ['a part too short to mean anything', '只剩母亲', null],
    ['a short premise inside another text', '他没有赶上末班车就走了', null],
    ['one word changed', '雪夜里，远行的旅人回到了只剩父亲一人的老屋。', ['alike', 1]],
    ['another order, in an outline', '开头写母亲一人的老屋只剩灯光。随后远行的旅人回到了家，那是在雪夜里。结尾是清晨的一碗面，两人谁也没有说话。', ['alike', 1]],
    ['the same theme in other words', '风雪之夜，游子推开了家门，只有老母在灯下。', null],
    ['nothing', '', null],
    ['marks alone', '……！', null],
  ])('%s', (_, text, expected) => expect(found(text)).toEqual(expected))

  it('tells of several the most alike', () => {
    const two = leakFinder([{ premise: '渡口的老艄公在雨里等一个人' }, { premise: '渡口的老艄公在雨里等一条船' }])
    expect(two('渡口的老艄公在雪里等一条船')).toMatchObject({ kind: 'alike', test: { premise: '渡口的老艄公在雨里等一条船' } })
  })

  it('counts likeness by the definition', () => {
    // 甲乙 乙丙 丙丁 丁戊 | 甲乙 乙丙 丙丁 丁己: 3 of 5.
    expect(leakFinder([{ premise: '甲乙丙丁戊' }])('甲乙丙丁己')).toMatchObject({ kind: 'alike', likeness: 3 / 5 })
    // 2 of 6 stays below one half.
    expect(leakFinder([{ premise: '甲乙丙丁戊' }])('甲乙丙己庚')).toBeNull()
  })

  it('finds every premise in itself and inside whatever surrounds it', () => {
    const word = fc.string({ unit: fc.constantFrom(...'天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏𠀀'), minLength: 6, maxLength: 30 })
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), word, (premises, around) => {
        const finder = leakFinder(premises.map((premise) => ({ premise })))
        for (const premise of premises) {
          expect(finder(`${premise}。`)?.kind).toBe('same')
          expect(finder(`${around}，${premise}`)).not.toBeNull()
        }
      }),
      { numRuns: 50 },
    )
  })
})

it('the normal form keeps letters and digits in one width and case', () => {
  expect(normalForm('  ＡＢc１２，“雪”夜\n')).toBe('abc12雪夜')
})
