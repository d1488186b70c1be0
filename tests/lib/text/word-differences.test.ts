import { describe, expect, it } from 'vitest'
import { wordDifference } from '@/lib/text/word-differences'

const whole = (pieces: readonly { text: string }[]) => pieces.map(({ text }) => text).join('')
const alone = (pieces: readonly { text: string; alone: boolean }[]) => pieces.filter((piece) => piece.alone).map(({ text }) => text)

describe('what differs word by word', () => {
  it('is whole words, and each side keeps its text', () => {
    const [first, other] = ['他在黄昏回到故乡。\n门开着。', '他在清晨回到故乡。\n门开着。']
    const found = wordDifference(first, other)
    expect([whole(found.first), whole(found.other)]).toEqual([first, other])
    expect([alone(found.first), alone(found.other)]).toEqual([['黄昏'], ['清晨']])
  })

  it('is nothing of equal texts, and all of one beside an empty one', () => {
    expect(alone(wordDifference('同样。', '同样。').other)).toEqual([])
    const { first, other } = wordDifference('', '只有这边。')
    expect([whole(first), alone(other).join('')]).toEqual(['', '只有这边。'])
  })
})
