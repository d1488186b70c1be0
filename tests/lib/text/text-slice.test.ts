import fc from 'fast-check'
import { expect, it } from 'vitest'
import { textSlice } from '@/lib/text/text-slice'

it('takes what a list of the characters would give', () => {
  const text = fc.array(fc.constantFrom('天', '\n', '𠀀', '😀', 'a', '\ud800', '\udc00'), { maxLength: 60 }).map((all) => all.join(''))
  fc.assert(fc.property(text, fc.nat(70), fc.nat(70), (given, a, b) => {
    const [start, end] = a < b ? [a, b] : [b, a]
    expect(textSlice(given)(start, end)).toBe([...given].slice(start, end).join(''))
  }), { numRuns: 1000, seed: 29 })
})
