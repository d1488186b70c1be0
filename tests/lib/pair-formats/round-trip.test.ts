import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { afterAll, describe, expect, it } from 'vitest'
import { type PairFormat, pairFormats, type PairReading, type TravellingPair } from '@/lib/pair-formats/format'
import { openPairs } from '@/lib/pair-formats/open-pairs'
import { writePairs } from '@/lib/pair-formats/write'

const root = mkdtempSync(join(tmpdir(), 'molian-pairs-'))
afterAll(() => rmSync(root, { recursive: true }))

const pair = (premise: string, passage: string, more: Partial<TravellingPair> = {}): TravellingPair => ({ premise, passage, split: null, novel: '', chapter: '', ...more })
const awkward: TravellingPair[] = [
  pair('雾中的渡口，老船夫等着天明。', '“走罢！”他说，\n\n　　没有人回答。\n', { split: 'training', novel: '呐喊', chapter: '一' }),
  pair('他说"好"，又说\'好\'，再说“好”', 'a,b;c\td\r\ne\\n"\n""\n', { split: 'validation', novel: 'a,"b"', chapter: '\n' }),
  pair('=SUM(A1)', '+1', { novel: '-x', chapter: '@y' }),
  pair("'=x", "''y", { novel: "'z" }),
  pair('\t缩进', '\r回车', { novel: '\t', chapter: '  ' }),
  pair('👨‍👩‍👧 𠀀\ufeff', '\ufffd\u2028\u0085', { novel: '\ufeff' }),
  pair(' 首尾空格 ', '\n\n'.padStart(20, '空')),
]

async function* once<T>(batch: T): AsyncGenerator<T> {
  yield batch
}

async function written(format: PairFormat, pairs: TravellingPair[]): Promise<string> {
  let text = ''
  for await (const piece of writePairs(format, once(pairs))) text += piece
  return text
}

let files = 0
async function read(content: string | Uint8Array, name = 'pairs.json', asked: PairReading | null = null) {
  const path = join(root, String((files += 1)))
  writeFileSync(path, content)
  const opened = await openPairs(path, name, asked)
  const taken: TravellingPair[] = []
  const refused: [line: number, code: string][] = []
  for await (const outcome of opened.pairs) {
    if (outcome.ok) taken.push(outcome.pair)
    else refused.push([outcome.line, outcome.code])
  }
  return { format: opened.format(), encoding: opened.encoding, pairs: taken, refused }
}

describe('what goes out comes back identical', () => {
  it.each(pairFormats)('as %s, known again by itself', async (format) => {
    const back = await read(await written(format, awkward))
    const carries = format === 'json-lines' || format === 'csv'
    expect(back.pairs).toEqual(carries ? awkward : awkward.map(({ premise, passage }) => pair(premise, passage)))
    expect([back.format, back.refused]).toEqual([format, []])
    // And what was read goes out as the very same bytes.
    expect(await written(format, back.pairs)).toBe(await written(format, carries ? awkward : back.pairs))
  })

  it('also of no pairs, and packed', async () => {
    for (const format of ['alpaca', 'sharegpt'] as const) expect(JSON.parse(await written(format, []))).toEqual([])
    expect((await read(gzipSync(await written('csv', awkward)), 'pairs.csv.gz')).pairs).toEqual(awkward)
  })

  it('sets an apostrophe before every cell that a spreadsheet would take for a formula', async () => {
    const text = await written('csv', awkward)
    expect(text).toContain("'=SUM(A1),'+1,,'-x,'@y\r\n")
    expect(text.startsWith('\ufeffpremise,passage,split,novel,chapter\r\n')).toBe(true)
  })
})

describe('files from elsewhere', () => {
  it('join instruction and input, take either alone, and pass over the system', async () => {
    const alpaca = [{ instruction: '写一段', input: '渡口', output: '天亮了。' }, { instruction: '写雪', output: '雪停了。' }, { input: '写灯', instruction: '', output: '灯灭了。' }]
    expect((await read(JSON.stringify(alpaca))).pairs.map(({ premise }) => premise)).toEqual(['写一段\n渡口', '写雪', '写灯'])
    const messages = { messages: [{ role: 'system', content: '你是小说家' }, { role: 'user', content: '写雪' }, { role: 'assistant', content: '雪停了。' }] }
    expect(await read(`${JSON.stringify(messages)}\n`)).toMatchObject({ format: 'openai', pairs: [pair('写雪', '雪停了。')] })
    const chat = { conversations: [{ from: 'system', value: 'x' }, { from: 'user', value: '写雪' }, { from: 'assistant', value: '雪停了。' }] }
    expect(await read(JSON.stringify([chat]))).toMatchObject({ format: 'sharegpt', pairs: [pair('写雪', '雪停了。')] })
    expect(await read('{"prompt":"写雪","completion":"雪停了。"}\n')).toMatchObject({ format: 'json-lines', pairs: [pair('写雪', '雪停了。')] })
  })

  it('of CSV have any of the known columns, any order, comma, tab or semicolon, and any encoding', async () => {
    expect((await read('id,output,prompt\n1,"雪\n停了",写雪\n')).pairs).toEqual([pair('写雪', '雪\n停了')])
    expect((await read('Premise\tPassage\n写雪\t雪停了\n')).pairs).toEqual([pair('写雪', '雪停了')])
    expect((await read('premise;passage\r\n"写;雪";雪停了\r\n')).pairs).toEqual([pair('写;雪', '雪停了')])
    // Not written here: an apostrophe is a person's own.
    expect((await read("premise,passage\n'=x,雪\n")).pairs).toEqual([pair("'=x", '雪')])
    const long = '天还没亮，掌柜的已经点起了灯，江面上的冰一块一块地裂开。'.repeat(20)
    expect(await read(iconv.encode(`premise,passage\n写雪,${long}\n`, 'gb18030'), 'a.csv')).toMatchObject({ encoding: 'gb18030', pairs: [pair('写雪', long)] })
  })

  it('are refused record by record, each with its line and reason', async () => {
    const good = '{"instruction":"","input":"写雪","output":"雪停了。"}'
    const lines = [good, '{"instruction":"","input":"","output":"雪"}', '{"input":"写雪"}', '{"input":"写雪","output":3}', '{"input":"写\\u0000雪","output":"雪"}', '{"input":"\\ud800","output":"雪"}', 'x', '[1]', good]
    expect(await read(`${lines.join('\n')}\n`)).toMatchObject({
      format: 'alpaca',
      pairs: [pair('写雪', '雪停了。'), pair('写雪', '雪停了。')],
      refused: [[2, 'record.empty-text'], [3, 'record.missing-field'], [4, 'record.not-string'], [5, 'record.nul'], [6, 'record.lone-surrogate'], [7, 'record.not-json'], [8, 'record.not-object']],
    })
    const turns = (...roles: string[]) => JSON.stringify({ messages: roles.map((role) => ({ role, content: '雪' })) })
    const refused = await read([turns('user', 'assistant', 'user', 'assistant'), turns('assistant', 'user'), turns('user'), turns()].join('\n'))
    expect(refused.refused.map(([, code]) => code)).toEqual(['pairs.turns', 'pairs.turns', 'pairs.turns', 'pairs.turns'])
    expect((await read('{"a":1}\n{"b":2}\n')).refused).toEqual([[1, 'pairs.unknown-form'], [2, 'pairs.unknown-form']])
  })

  it('of CSV are refused row by row, and as a whole where the columns are not named', async () => {
    const bytes = Buffer.concat([Buffer.from('\ufeffpremise,passage\n写雪,雪\n多一格,b,c\n写'), Buffer.from([0xff, 0xfe]), Buffer.from(',雪\n写\0灯,灯\n,空\n写月,月\n')])
    const { pairs, refused } = await read(bytes, 'a.csv', 'csv')
    expect(pairs.map(({ premise }) => premise)).toEqual(['写雪', '写月'])
    expect(refused).toEqual([[3, 'pairs.cells'], [4, 'pairs.not-utf8'], [5, 'record.nul'], [6, 'record.empty-text']])
    expect((await read('premise,passage\n写雪,雪\n"写月,月\n写灯,灯\n', 'a.csv')).refused.map(([, code]) => code)).toEqual(['pairs.not-csv'])
    await expect(read('title,text2\n1,2\n', 'a.csv')).rejects.toMatchObject({ code: 'pairs.no-columns' })
    await expect(read('', 'a.csv')).rejects.toMatchObject({ code: 'upload.empty' })
  })

  it('are read as a person says, whatever they look like', async () => {
    const record = '{"instruction":"写","input":"雪","output":"雪停了。"}\n'
    expect(await read(record, 'a.json', 'json-lines')).toMatchObject({ format: 'json-lines', pairs: [pair('雪', '雪停了。')] })
    expect((await read(record, 'a.json', 'openai')).refused).toEqual([[1, 'record.missing-field']])
  })
})

describe('Alpaca whose records share one instruction', () => {
  const records = (instruction: (at: number) => string, count = 20) => JSON.stringify(Array.from({ length: count }, (_, at) => ({ instruction: instruction(at), input: `题${at}`, output: `文${at}` })))
  const premises = async (content: string, asked: 'alpaca' | 'alpaca-input' | null = null) => (await read(content, 'pairs.json', asked)).pairs.map(({ premise }) => premise)
  const constant = records((at) => (at === 7 ? '另写' : '写一段'))

  it('gives the input alone, unless a person says otherwise', async () => {
    const back = await read(constant)
    expect([back.format, back.pairs.length, back.pairs[0]]).toEqual(['alpaca-input', 20, pair('题0', '文0')])
    expect((await premises(constant, 'alpaca'))[0]).toBe('写一段\n题0')
  })

  it('is joined where the instructions differ, or where there are too few to tell', async () => {
    expect((await premises(records((at) => `写${at % 2}`)))[0]).toBe('写0\n题0')
    expect(await premises(records(() => '写', 2))).toEqual(['写\n题0', '写\n题1'])
    expect((await premises(records((at) => `写${at % 2}`), 'alpaca-input'))[0]).toBe('题0')
  })

  it('keeps a record whose instruction is all that it says', async () => {
    const back = await read(JSON.stringify([{ instruction: '写雪', input: '', output: '雪。' }]), 'pairs.json', 'alpaca-input')
    expect(back.pairs).toEqual([pair('写雪', '雪。')])
  })
})
