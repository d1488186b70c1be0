import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decodeToUtf8 } from '@/lib/text/decode'
import { detectEncoding, type TextEncoding } from '@/lib/text/encoding'
import { CANDIDATE_BYTES, encodingCandidates } from '@/lib/text/encoding-candidates'
import { mojibakeIn, type MojibakeSign } from '@/lib/text/mojibake'
import { readRecords, recordLimits } from '@/lib/text/records'
import { brief, collect, inPieces } from './read'

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
      const decoded = Buffer.concat(await collect(decodeToUtf8(inPieces(bytes, size), encoding)))
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

describe('invalid bytes in other encodings refuse the record that they stand in, and no other', () => {
  const wrong: [TextEncoding, string, Buffer][] = [
    ['gb18030', simplified, Buffer.from([0xff])],
    ['gb18030', simplified, Buffer.from([0xb0])],
    ['gb18030', simplified, Buffer.from([0x81, 0x30, 0x22])],
    ['big5', traditional, Buffer.from([0xff])],
    ['big5', traditional, Buffer.from([0xa4, 0x22])],
    ['utf-16le', simplified, Buffer.from([0x00, 0xdc])],
    ['utf-16be', simplified, Buffer.from([0xdc, 0x00])],
    ['utf-16be', simplified, Buffer.from([0xd8, 0x00])],
  ]
  it.each(wrong)('%s', async (encoding, text, bytes) => {
    const line = encoded(encoding, text)
    // In the middle of the novel's text, behind a character.
    const damaged = Buffer.concat([line.subarray(0, line.length - encoded(encoding, '响。"}\n').length), bytes, encoded(encoding, '。"}\n')])
    for (const size of [1, 4, 61, 1 << 20]) {
      const outcomes = await collect(readRecords(decodeToUtf8(inPieces(Buffer.concat([line, damaged, line]), size), encoding), 'a.json', recordLimits, encoding))
      expect(outcomes.map(brief)).toEqual(['1 ok', '2 record.invalid-bytes', '3 ok'])
      expect(outcomes[1]).toMatchObject({ params: { encoding, line: 2 } })
      expect(outcomes[2]).toEqual({ ...outcomes[0], line: 3 })
    }
  })

  it('names the line inside a record that goes over several', async () => {
    const bytes = Buffer.concat([encoded('gb18030', '[\n{\n"name":"故乡",\n"text":"我'), Buffer.from([0xff]), encoded('gb18030', '冒"\n},\n{"name":"药","text":"秋天"}]')])
    const outcomes = await collect(readRecords(decodeToUtf8(inPieces(bytes, 5), 'gb18030'), 'a.json', recordLimits, 'gb18030'))
    expect(outcomes).toMatchObject([{ ok: false, line: 2, params: { line: 4 } }, { ok: true }])
  })

  it.each<[TextEncoding, string]>([['utf-16le', simplified], ['gb18030', simplified], ['big5', traditional]])('%s cut off within a character is cut off', async (encoding, text) => {
    const whole = encoded(encoding, text)
    const bytes = Buffer.concat([whole, whole.subarray(0, encoded(encoding, text.slice(0, 30)).length - 1)])
    const outcomes = await collect(readRecords(decodeToUtf8(inPieces(bytes, 7), encoding), 'a.json', recordLimits, encoding))
    expect(outcomes.map(brief)).toEqual(['1 ok', '2 record.truncated'])
  })

  it('keeps a replacement character that really stands there', async () => {
    for (const encoding of ['gb18030', 'utf-16le'] as const) {
      const bytes = encoding === 'gb18030' ? Buffer.from([0x84, 0x31, 0xa4, 0x37]) : Buffer.from([0xfd, 0xff])
      expect(Buffer.concat(await collect(decodeToUtf8(inPieces(bytes, 1), encoding))).toString()).toBe('\ufffd')
    }
  })
})

describe('a text without any ASCII', () => {
  const prose = simplified.slice(19, -3)
  it.each<[string, string, TextEncoding]>([
    ['utf-16le', prose, 'utf-16le'],
    ['utf-16be', prose, 'utf-16be'],
    ['utf-8', prose, 'utf-8'],
    ['gb18030', prose, 'gb18030'],
    ['big5', traditional.slice(19, -3), 'big5'],
  ])('is known as %s without a mark', (name, text, encoding) => {
    for (const times of [1, 40]) {
      for (const indent of ['', '　　']) expect(detectEncoding(encoded(name, `${indent}${text}\n`.repeat(times)), '故乡.txt', true)).toMatchObject({ encoding, bom: false })
    }
  })
})

describe('encodingCandidates', () => {
  it.each<[TextEncoding, string]>([['utf-8', simplified], ['utf-16le', simplified], ['utf-16be', simplified], ['gb18030', simplified], ['big5', traditional]])('puts %s first, far before the others, and shows how it reads', (encoding, text) => {
    const [best, next, ...rest] = encodingCandidates(encoded(encoding, text.repeat(3)))
    expect(best).toMatchObject({ encoding, damaged: 0, mojibake: undefined, excerpt: expect.stringContaining(text.slice(9, 11)) })
    expect(best?.plausibility).toBeGreaterThan(0.5)
    expect(next?.plausibility).toBeLessThan((best?.plausibility ?? 0) / 2)
    expect(rest).toHaveLength(3)
  })

  it('is sure of what the samples are, and forgives a character cut at the end', () => {
    const sample = readFileSync('public/samples/train.json').subarray(0, CANDIDATE_BYTES + 1)
    for (const cut of [0, 1, 2]) expect(encodingCandidates(sample.subarray(0, 3000 - cut))[0]).toMatchObject({ encoding: 'utf-8', plausibility: 1, damaged: 0 })
  })
})

describe('mojibakeIn', () => {
  const prose = simplified.repeat(3)
  it.each<[string, string, MojibakeSign | undefined]>([
    ['sound text', prose, undefined],
    ['sound traditional text', traditional.repeat(3), undefined],
    ['English', 'The moon went down — “autumn”, he said, naïve café.', undefined],
    ['UTF-8 opened as GBK', iconv.decode(Buffer.from(prose), 'gbk'), 'utf-8-as-gbk'],
    ['UTF-8 opened as Latin-1', iconv.decode(Buffer.from(prose), 'latin1'), 'utf-8-as-latin-1'],
    ['UTF-8 opened as Windows-1252', iconv.decode(Buffer.from(prose), 'win1252'), 'utf-8-as-latin-1'],
    ['GBK opened as UTF-8', Buffer.from(iconv.encode(prose, 'gbk')).toString('utf8'), 'replaced'],
    ['the same saved and opened as GBK again', '锟斤拷'.repeat(20) + prose, 'replaced'],
  ])('%s', (_, text, sign) => expect(mojibakeIn(text)).toBe(sign))
})
