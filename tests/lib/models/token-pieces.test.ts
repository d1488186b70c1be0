import { describe, expect, it } from 'vitest'
import { tokenPieces } from '@/lib/models/token-pieces'

// Tokens are bytes here, as of a text that no vocabulary knows; 256 is a special one.
const tokenizer = {
  textOf: (ids: readonly number[]) => (ids[0] === 256 ? '<|end|>' : new TextDecoder().decode(Uint8Array.from(ids))),
  isSpecial: (id: number) => id === 256,
}
const bytes = (text: string) => [...new TextEncoder().encode(text)]

describe('tokens as a person can read them', () => {
  it('are one piece each where they are whole, and as many as a character takes where they are not', () => {
    expect(tokenPieces(bytes('a雪😀'), tokenizer).map(({ text, ids }) => [text, ids.length])).toEqual([['a', 1], ['雪', 3], ['😀', 4]])
  })

  it('keep special ones apart, even in the middle of a character', () => {
    const cut = bytes('雪').slice(0, 2)
    expect(tokenPieces([...cut, 256, ...bytes('b')], tokenizer)).toEqual([
      { text: '\ufffd', ids: cut, special: false },
      { text: '<|end|>', ids: [256], special: true },
      { text: 'b', ids: bytes('b'), special: false },
    ])
  })

  it('lose and add no token, whatever they are', () => {
    const ids = [0xff, 0xfe, 0xe9, 0x9b, 256, ...bytes('夜里'), 0xf0]
    expect(tokenPieces(ids, tokenizer).flatMap((piece) => piece.ids)).toEqual(ids)
  })
})
