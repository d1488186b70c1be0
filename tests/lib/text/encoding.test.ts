import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decodeToUtf8 } from '@/lib/text/decode'
import { detectEncoding, type TextEncoding } from '@/lib/text/encoding'
import { collect, inPieces } from './read'

const simplified = `{"name":"故乡","text":"我冒了严寒，回到相隔二千余里，别了二十余年的故乡去。时候既然是深冬；渐近故乡时，天气又阴晦了，冷风吹进船舱中，呜呜的响。"}\n`
const traditional = `{"name":"故鄉","text":"我冒了嚴寒，回到相隔二千餘里，別了二十餘年的故鄉去。時候既然是深冬；漸近故鄉時，天氣又陰晦了，冷風吹進船艙中，嗚嗚的響。"}\n`

const encodings: [string, string, TextEncoding, boolean][] = [
  ['utf-8', simplified, 'utf-8', false],
  ['utf-8 with a mark', `\ufeff${simplified}`, 'utf-8', true],
  ['utf-16le', simplified, 'utf-16le', false],
  ['utf-16be', simplified, 'utf-16be', false],
  ['utf-16le with a mark', `\ufeff${simplified}`, 'utf-16le', true],
  ['utf-16be with a mark', `\ufeff${simplified}`, 'utf-16be', true],
  ['gb18030', simplified, 'gb18030', false],
  ['gb18030 with four-byte characters', simplified.replace('船', '𠀀龦'), 'gb18030', false],
  ['big5', traditional, 'big5', false],
]

function encoded(name: string, text: string): Buffer {
  return iconv.encode(text, name.split(' ')[0] ?? name, { addBOM: false })
}

describe('detection and decoding', () => {
  it.each(encodings)('%s', async (name, text, encoding, bom) => {
    const bytes = encoded(name, text.repeat(1))
    expect(detectEncoding(bytes, 'a.json', true)).toMatchObject({ encoding, bom })
    for (const size of [1, 2, 3, 5, 1 << 20]) {
      const decoded = Buffer.concat(await collect(decodeToUtf8(inPieces(bytes, size), encoding, 'a.json')))
      expect(decoded.toString()).toBe(text.replace('\ufeff', ''))
    }
  })

  it('is not fooled by a character that the sample cuts', () => {
    const bytes = Buffer.from(simplified)
    for (let end = 30; end < bytes.length; end += 1) expect(detectEncoding(bytes.subarray(0, end), 'a.json').encoding).toBe('utf-8')
  })

  it('tells GB18030 from BIG5 at length', () => {
    expect(detectEncoding(encoded('gb18030', simplified.repeat(500)), 'a.json').encoding).toBe('gb18030')
    expect(detectEncoding(encoded('big5', traditional.repeat(500)), 'a.json').encoding).toBe('big5')
  })

  it('keeps to UTF-8 where one byte of a whole file is wrong', () => {
    const bytes = Buffer.from(simplified.repeat(20))
    bytes[bytes.length - 30] = 0xff
    expect(detectEncoding(bytes, 'a.json', true).encoding).toBe('utf-8')
  })
})

describe('files that are no text', () => {
  const foreign: [string, Uint8Array, string][] = [
    ['nothing', Buffer.alloc(0), 'upload.empty'],
    ['gzip', gzipSync(simplified), 'upload.compressed'],
    ['zip', Buffer.from('PK\x03\x04rest'), 'upload.compressed'],
    ['PDF', Buffer.from('%PDF-1.7 rest'), 'upload.binary'],
    ['PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'upload.binary'],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0]), 'upload.binary'],
    ['control characters', Buffer.from(Array.from({ length: 400 }, (_, index) => 1 + ((index * 37) % 64))), 'upload.binary'],
    ['no Chinese encoding at all', Buffer.from(Array.from({ length: 400 }, (_, index) => 0xf8 + (index % 8))), 'upload.encoding-unknown'],
  ]
  it.each(foreign)('refuses %s', (_, bytes, code) => {
    expect(() => detectEncoding(bytes, 'novels.json', true)).toThrowError(expect.objectContaining({ code, params: expect.objectContaining({ file: 'novels.json' }) }))
  })
})

describe('invalid bytes in other encodings refuse the file at its line and byte', () => {
  const second = (name: string) => encoded(name, simplified)
  const cases: [TextEncoding, Buffer, Buffer][] = [
    ['gb18030', encoded('gb18030', simplified), Buffer.from([0xff])],
    ['big5', encoded('big5', traditional), Buffer.from([0xff])],
    ['utf-16le', encoded('utf-16le', simplified), Buffer.from([0x00, 0xdc])],
    ['utf-16be', encoded('utf-16be', simplified), Buffer.from([0xdc, 0x00])],
  ]
  it.each(cases)('%s', async (encoding, head, wrong) => {
    const bytes = Buffer.concat([head, wrong, second(encoding)])
    for (const size of [1, 4, 64, 1 << 20]) {
      const caught: unknown = await collect(decodeToUtf8(inPieces(bytes, size), encoding, 'a.json')).catch((error: unknown) => error)
      expect(caught).toMatchObject({ code: 'upload.invalid-bytes', params: { file: 'a.json', encoding, line: 2 } })
      const { byte } = (caught as { params: { byte: number } }).params
      expect(byte).toBeGreaterThanOrEqual(head.length)
      expect(byte).toBeLessThanOrEqual(head.length + 1)
    }
  })

  it('says so where the file ends within a character', async () => {
    const bytes = encoded('utf-16le', simplified).subarray(0, -1)
    await expect(collect(decodeToUtf8(inPieces(bytes, 7), 'utf-16le', 'a.json'))).rejects.toMatchObject({ code: 'upload.invalid-bytes' })
  })
})
