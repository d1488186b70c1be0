import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenRuler, tokensBefore } from '@/lib/text/token-ruler'

const rest = () => Promise.resolve()
/** Every character a token: what is counted in pieces is what is counted whole. */
const characters = (text: string) => [...text].length

const piece = fc.constantFrom('天地玄黄', '。', '\n', '\n\n', '“走罢！”', '𠀀', 'x'.repeat(1500), '宇宙洪荒。'.repeat(400))
const anyText = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))

describe('the tokens before a place', () => {
  it('are those of the text up to there, wherever it lies', async () => {
    await fc.assert(fc.asyncProperty(anyText, fc.double({ min: 0, max: 1, noNaN: true }), async (text, share) => {
      const ruler = await tokenRuler(text, (each) => each.length, rest)
      const unit = Math.round(text.length * share)
      expect(tokensBefore(ruler, text, unit, (each) => each.length)).toBe(unit)
      expect(tokensBefore(ruler, text, text.length, (each) => each.length)).toBe(text.length)
      expect(tokensBefore(ruler, text, 0, (each) => each.length)).toBe(0)
    }), { numRuns: 300, seed: 23 })
  })

  it('are counted a paragraph at a time, and of a long one some sentences', async () => {
    const counted: string[] = []
    const count = (text: string) => {
      counted.push(text)
      return characters(text)
    }
    const text = `短。\n${`${'长'.repeat(299)}。`.repeat(5)}\n${'无'.repeat(2500)}`
    const ruler = await tokenRuler(text, count, rest)
    expect(counted.join('')).toBe(text)
    expect(counted.map((each) => each.length)).toEqual([3, 900, 601, 1000, 1000, 500])
    expect(ruler.tokens.at(-1)).toBe(characters(text))
    counted.length = 0
    expect(tokensBefore(ruler, text, 903, count)).toBe(903)
    expect(counted).toEqual([])
    expect(tokensBefore(ruler, text, 910, count)).toBe(910)
    expect(counted).toEqual(['长'.repeat(7)])
  })

  it('of nothing are none', async () => {
    const ruler = await tokenRuler('', characters, rest)
    expect(tokensBefore(ruler, '', 0, characters)).toBe(0)
  })
})
