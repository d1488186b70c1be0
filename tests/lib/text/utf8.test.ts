import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeValidUtf8, firstInvalidUtf8, withoutCutCharacter } from '@/lib/text/utf8'

describe('decodeValidUtf8', () => {
  it('decodes like toString, over block ends too', () => {
    const long = fc.string({ unit: 'binary', minLength: 200, maxLength: 800 })
    fc.assert(fc.property(long, fc.constantFrom(1, 700), (text, times) => {
      const repeated = text.repeat(times)
      expect(decodeValidUtf8(Buffer.from(repeated)) === repeated).toBe(true)
    }), { numRuns: 60, seed: 23 })
    for (let pad = 0; pad < 4; pad += 1) {
      const text = 'a'.repeat(pad) + '😀é字'.repeat(200_000)
      expect(decodeValidUtf8(Buffer.from(text)) === text).toBe(true)
    }
  })

  it.each(['', 'short', 'x'.repeat(5000), '短'])('decodes %.10s', (text) => expect(decodeValidUtf8(Buffer.from(text))).toBe(text))
})

describe('firstInvalidUtf8', () => {
  it.each<[string, number[], number]>([
    ['valid', [0x61, 0xe5, 0xad, 0x97], -1],
    ['a stray byte', [0x61, 0xff, 0x62], 1],
    ['a stray continuation', [0xe5, 0xad, 0x97, 0x80], 3],
    ['an overlong form', [0x61, 0xc0, 0xaf], 1],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], 1],
    ['a cut character', [0x61, 0xe5, 0xad], 1],
    ['after a real replacement character', [0xef, 0xbf, 0xbd, 0xff], 3],
  ])('%s', (_, bytes, at) => expect(firstInvalidUtf8(Buffer.from(bytes))).toBe(at))
})

describe('withoutCutCharacter', () => {
  it('takes away a cut character and nothing else', () => {
    const text = Buffer.from('a字😀')
    const kept = [0, 1, 1, 1, 4, 4, 4, 4, 8]
    for (let end = 0; end <= text.length; end += 1) expect(withoutCutCharacter(text.subarray(0, end))).toHaveLength(kept[end] ?? -1)
  })
})
