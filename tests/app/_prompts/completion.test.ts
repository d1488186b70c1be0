import { describe, expect, it } from 'vitest'
import { beginningAt, completionsOf, withVariable } from '@/app/_prompts/completion'

describe('completing a variable', () => {
  it.each([
    ['{{', 2, { from: 0, typed: '' }],
    ['写 {{pa', 6, { from: 2, typed: 'pa' }],
    ['{{ pa', 5, { from: 0, typed: 'pa' }],
    ['{{passage}} 后', 12, null],
    ['{pa', 3, null],
    ['{{passage}}', 4, { from: 0, typed: 'pa' }],
  ])('%j at %i', (text, caret, beginning) => expect(beginningAt(text, caret)).toEqual(beginning))

  it('offers what begins so first, then what has it inside', () => {
    expect(completionsOf('p', ['chapter', 'passage', 'previous'])).toEqual(['passage', 'previous', 'chapter'])
    expect(completionsOf('x', ['chapter'])).toEqual([])
  })

  it.each([
    ['写 {{pa 完', 2, 6, '写 {{passage}} 完', 13],
    ['{{pa}} 完', 0, 4, '{{passage}} 完', 11],
    ['{{passa}}', 0, 4, '{{passage}}', 11],
    ['前后', 1, 1, '前{{passage}}后', 12],
  ])('%j from %i to %i', (text, from, to, expected, caret) => expect(withVariable(text, from, to, 'passage')).toEqual({ text: expected, caret }))
})
