import { describe, expect, it } from 'vitest'
import { byteSize } from '@/app/_ui/byte-size'

describe('byteSize', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [3_400_000, '3.4 MB'],
    [123_456_789, '123 MB'],
    [2 * 1024 ** 3, '2.1 GB'],
  ])('says %s as %s', (bytes, said) => {
    expect(byteSize(bytes, 'en')).toBe(said)
  })
})
