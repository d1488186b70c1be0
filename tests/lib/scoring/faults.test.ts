import { describe, expect, it } from 'vitest'
import { endsOnTerminator } from '@/lib/scoring/ending'
import { garbageShare } from '@/lib/scoring/garbage-share'
import { promptEcho } from '@/lib/scoring/prompt-echo'

describe('an ending', () => {
  it.each(['他走了。', '“他走了！”', '他走了……\n', '（他走了？）', '「走。」』'])('%s is one', (text) => {
    expect(endsOnTerminator(text)).toBe(true)
  })

  it.each(['他走了', '他走了，', '“他走了”', '', '”'])('“%s” is none', (text) => {
    expect(endsOnTerminator(text)).toBe(false)
  })
})

describe('garbage', () => {
  it('is what no reader should see', () => {
    expect(garbageShare('他\ufffd走\ue000')).toBe(0.5)
    expect(garbageShare('走了\u0007了<|im_end|>')).toBe(11 / 14)
  })

  it('is not the line’s own controls, nor any language', () => {
    expect(garbageShare('他走了。\r\n\tShe left. さくら')).toBe(0)
    expect(garbageShare('')).toBe(0)
  })
})

describe('the echo of a premise', () => {
  it('is the share of it that the opening hands back', () => {
    expect(promptEcho('雪夜，归人！他推开门。', '雪夜归人')).toBe(1)
    expect(promptEcho('那个雪夜很冷。', '雪夜归人')).toBe(0.5)
    expect(promptEcho('他推开门。', '雪夜归人')).toBe(0)
    expect(promptEcho('他推开门。', '')).toBe(0)
  })

  it('is not looked for further in', () => {
    expect(promptEcho(`${'他推开门走进院子里去'.repeat(3)}雪夜归人`, '雪夜归人')).toBe(0)
  })
})
