import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MolianError } from '@/lib/errors'
import { brief, readAll } from './read'

const good = '{"name":"故乡","text":"我冒了严寒"}'

describe('every form gives the same records', () => {
  const forms: [string, string, string[]][] = [
    ['JSON Lines', `${good}\n${good}\n`, ['1 ok', '2 ok']],
    ['JSON Lines without a last line end', `${good}\n${good}`, ['1 ok', '2 ok']],
    ['CRLF and blank lines', `\r\n${good}\r\n\r\n  \r\n${good}\r\n`, ['2 ok', '5 ok']],
    ['an array on one line', `[${good},${good}]`, ['1 ok', '1 ok']],
    ['an array, a record a line', `[\n${good},\n${good}\n]\n`, ['2 ok', '3 ok']],
    ['a pretty-printed array', JSON.stringify([JSON.parse(good), JSON.parse(good)], null, 2), ['2 ok', '6 ok']],
    ['one object', good, ['1 ok']],
    ['one pretty-printed object', JSON.stringify(JSON.parse(good), null, 2), ['1 ok']],
    ['several pretty-printed objects', `{\n"name": "a",\n"text":\n"b"}\n\n{\n"name":"c",\n"text":"d"\n}`, ['1 ok', '6 ok']],
    ['an empty object a line', '{}\n{ }', ['1 ok', '2 ok']],
  ]
  it.each(forms)('%s', async (_, content, expected) => {
    for (const size of [1, 2, 3, 7, 1 << 20]) expect((await readAll(content, size)).map(brief)).toEqual(expected)
  })

  it('keeps the values whole', async () => {
    const [first] = await readAll(`[${good}]`)
    expect(first).toEqual({ ok: true, line: 1, value: { name: '故乡', text: '我冒了严寒' } })
  })
})

describe('a bad record is refused with its line and never loses the others', () => {
  const bad: [string, string, string][] = [
    ['cut off in a string', '{"name":"a","text":"我冒', 'record.truncated'],
    ['cut off between fields', '{"name":"a",', 'record.truncated'],
    ['cut off in a word', '{"name":tru', 'record.truncated'],
    ['a comma before the brace', '{"name":"a",}', 'record.trailing-comma'],
    ['a comma before the bracket', '{"name":["a",]}', 'record.trailing-comma'],
    ['a comma after the record', '{"name":"a"},', 'record.trailing-comma'],
    ['NUL by escape', '{"name":"a","text":"x\\u0000y"}', 'record.nul'],
    ['NUL as a byte', '{"name":"a","text":"x\0y"}', 'record.nul'],
    ['NUL in a key', '{"na\\u0000me":"a"}', 'record.nul'],
    ['a lone high surrogate', '{"text":"\\ud800"}', 'record.lone-surrogate'],
    ['a lone low surrogate in an array', '{"text":["\\udc00x"]}', 'record.lone-surrogate'],
    ['a lone surrogate in a key', '{"\\ud83d":1}', 'record.lone-surrogate'],
    ['a key twice', '{"text":"a","text":"b"}', 'record.duplicate-key'],
    ['a key twice, once escaped', '{"text":"a","t\\u0065xt":"b"}', 'record.duplicate-key'],
    ['a key twice, deep inside', '{"a":[{"b":1,"b":2}]}', 'record.duplicate-key'],
    ['__proto__', '{"__proto__":{"polluted":true}}', 'record.forbidden-key'],
    ['__proto__ by escape', '{"\\u005f_proto__":{"polluted":true}}', 'record.forbidden-key'],
    ['__proto__ inside', '{"a":{"__proto__":null}}', 'record.forbidden-key'],
    ['NaN', '{"score":NaN}', 'record.number'],
    ['-Infinity', '{"score":-Infinity}', 'record.number'],
    ['1e999', '{"score":1e999}', 'record.number'],
    ['a leading zero', '{"score":01}', 'record.not-json'],
    ['single quotes', "{'name':'a'}", 'record.not-json'],
    ['a missing colon', '{"name" "a"}', 'record.not-json'],
    ['a missing comma', '{"name":"a" "text":"b"}', 'record.not-json'],
    ['two records on a line', `${good} ${good}`, 'record.not-json'],
    ['a bracket too many', '{"name":"a"}}', 'record.not-json'],
    ['crossed brackets', '{"name":["a"}]', 'record.not-json'],
    ['plain prose', '我冒了严寒', 'record.not-json'],
    ['an unknown escape', '{"name":"\\x"}', 'record.bad-string'],
    ['a raw tab in a string', '{"name":"a\tb"}', 'record.bad-string'],
    ['a number', '42', 'record.not-object'],
    ['a string', '"故乡"', 'record.not-object'],
    ['null', 'null', 'record.not-object'],
    ['too deep', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`, 'record.too-deep'],
    ['a depth bomb', '{"a":'.repeat(200_000), 'record.too-deep'],
    ['a bomb of brackets', `{"a":${'['.repeat(1_000_000)}`, 'record.too-deep'],
  ]
  it.each(bad)('JSON Lines: %s', async (_, record, code) => {
    expect((await readAll(`${good}\n${record}\n${good}`)).map(brief)).toEqual(['1 ok', `2 ${code}`, '3 ok'])
  })

  const balanced = bad.filter(([what]) => !/cut off|bomb of|depth bomb|prose|two records|too many|after the record/.test(what))
  it.each(balanced)('array: %s', async (_, record, code) => {
    for (const size of [5, 1 << 20]) {
      expect((await readAll(`[${good},\n${record},\n${good}]`, size)).map(brief)).toEqual(['1 ok', `2 ${code}`, '3 ok'])
    }
  })

  it('names the field, the key, the number and the character', async () => {
    const outcomes = await readAll('{"text":"\\ud800"}\n{"a":1,"a":2}\n{"n":1e999}\n{"名" 1}')
    expect(outcomes.map((outcome) => !outcome.ok && outcome.params)).toEqual([{ field: 'text' }, { key: 'a' }, { number: '1e999' }, { column: 6 }])
  })

  it('does not touch any prototype', async () => {
    await readAll('{"__proto__":{"polluted":1}}\n{"constructor":{"prototype":{"polluted":1}}}')
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  it('refuses invalid UTF-8 at its line and byte', async () => {
    const bytes = Buffer.concat([Buffer.from(`${good}\n{"text":"a`), Buffer.from([0xff]), Buffer.from(`"}\n${good}`)])
    const outcomes = await readAll(bytes, 10)
    expect(outcomes.map(brief)).toEqual(['1 ok', '2 record.invalid-utf8', '3 ok'])
    expect(outcomes[1]).toMatchObject({ params: { byte: Buffer.byteLength(good) + 1 + 10 } })
  })

  it('takes a replacement character for a character', async () => {
    const bytes = Buffer.concat([Buffer.from('{"text":"\ufffd'), Buffer.from([0xc0]), Buffer.from('"}')])
    expect(await readAll(bytes)).toMatchObject([{ code: 'record.invalid-utf8', params: { byte: 12 } }])
    expect((await readAll('{"text":"\ufffd"}')).map(brief)).toEqual(['1 ok'])
  })

  it('says that a file cut off within a character is cut off', async () => {
    const bytes = Buffer.from(`${good}\n{"text":"我`)
    expect((await readAll(bytes.subarray(0, -1))).map(brief)).toEqual(['1 ok', '2 record.truncated'])
  })
})

describe('arrays', () => {
  const cases: [string, string, string[]][] = [
    ['a comma before the end', `[${good},\n]`, ['1 ok', '2 record.trailing-comma']],
    ['two commas', `[${good},,${good}]`, ['1 ok', '1 record.trailing-comma', '1 ok']],
    ['a comma first', `[,${good}]`, ['1 record.trailing-comma', '1 ok']],
    ['no comma between', `[${good}\n${good},${good}]`, ['1 ok', '2 record.no-comma', '2 ok']],
    ['cut off between records', `[${good},\n`, ['1 ok', '2 record.array-not-closed']],
    ['cut off after a record', `[${good}`, ['1 ok', '1 record.array-not-closed']],
    ['cut off within a record', `[${good},\n{"text":"我`, ['1 ok', '2 record.truncated']],
    ['brackets that never close', `[${good},\n{"a":[1,\n${good}]`, ['1 ok', '2 record.truncated']],
    ['text after it', `[${good}]\n${good}\n${good}`, ['1 ok', '2 record.after-array']],
    ['numbers and nested arrays', `[1,"a",[${good}],${good}]`, ['1 record.not-object', '1 record.not-object', '1 record.not-object', '1 ok']],
    ['a line break within a string', `[{"text":"a\nb"},\n${good}]`, ['1 record.bad-string', '3 ok']],
    ['escaped quotes and backslashes', '[{"a":"\\\\"},{"a":"\\\\\\""},{"a":"}]"}]', ['1 ok', '1 ok', '1 ok']],
  ]
  it.each(cases)('%s', async (_, content, expected) => {
    for (const size of [1, 2, 3, 11, 1 << 20]) expect((await readAll(content, size)).map(brief)).toEqual(expected)
  })
})

describe('whole files', () => {
  it.each([['no bytes', ''], ['blank space', ' \n\r\n\t'], ['an empty array', '[ ]']])('refuses %s as empty', async (_, content) => {
    await expect(readAll(content)).rejects.toThrowError(MolianError)
    await expect(readAll(content)).rejects.toMatchObject({ code: 'upload.empty', params: { file: 'novels.json' } })
  })

  it('refuses a record over the limit, to the byte, and goes on', async () => {
    const limit = Buffer.byteLength(good)
    for (const content of [`${good}\n${good} \n${good}`, `[${good},\n${good.replace('}', ' }')},\n${good}]`]) {
      const outcomes = await readAll(content, 16, { maxRecordBytes: limit })
      expect(outcomes.map(brief)).toEqual(['1 ok', '2 record.too-large', '3 ok'])
    }
  })

  it('reads one enormous line without keeping it', async () => {
    async function* enormous(): AsyncGenerator<Buffer> {
      yield Buffer.from('{"text":"')
      for (let piece = 0; piece < 300; piece += 1) yield Buffer.alloc(1 << 20, 'a')
      yield Buffer.from(`"}\n${good}`)
    }
    const { readRecords } = await import('@/lib/text/records')
    const before = process.memoryUsage().rss
    const seen: string[] = []
    for await (const outcome of readRecords(enormous(), 'big.json')) seen.push(brief(outcome))
    expect(seen).toEqual(['1 record.too-large', '2 ok'])
    expect(process.memoryUsage().rss - before).toBeLessThan(250 * 1024 * 1024)
  })

  it('keeps its pace on an array of many records on one line and on records with many keys', async () => {
    const many = `[${`${good},`.repeat(50_000)}${good}]`
    expect(await readAll(many)).toHaveLength(50_001)
    const keys = Array.from({ length: 100_000 }, (_, index) => `"k${index}":1`).join(',')
    expect((await readAll(`{${keys}}\n{${keys},"k7":1}`)).map(brief)).toEqual(['1 ok', '2 record.duplicate-key'])
  })

  it('reads whatever JSON.stringify writes, in every form and in pieces of every size', async () => {
    const record = fc.dictionary(fc.string({ unit: 'binary' }).filter((key) => key !== '__proto__' && !key.includes('\0')), fc.jsonValue({ maxDepth: 3 }))
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 5 }), fc.integer({ min: 1, max: 40 }), async (records, size) => {
        const plain = JSON.parse(JSON.stringify(records)) as unknown
        fc.pre(!JSON.stringify(records).includes('\\u0000') && !JSON.stringify(records).includes('__proto__'))
        for (const content of [
          records.map((one) => JSON.stringify(one)).join('\n'),
          JSON.stringify(records),
          JSON.stringify(records, null, 2),
        ]) {
          const outcomes = await readAll(content, size)
          expect(outcomes.map((outcome) => (outcome.ok ? outcome.value : outcome))).toEqual(plain)
        }
      }),
      { numRuns: 150, seed: 20_261_124 },
    )
  })
})
