import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sentenceOf } from '@/lib/errors'
import { checkSubmission, inspectSubmission, type ExpectedRow, type Problem } from '@/lib/submission/check'
import { submissionLines } from '@/lib/submission/write'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

const expected: ExpectedRow[] = [
  { instruction: '', input: '雪夜归人', output: '' },
  { id: 17, input: '引号"与\\和\u2028', instruction: '写😀', output: '', tags: ['a', null, { z: 1, b: 2 }] },
  { instruction: '只有指令', input: '' },
]
const answered = expected.map((row, index) => ({ ...row, output: `第${index}篇故事。` }))
const lines = (rows: unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
const right = lines(answered)

async function check(content: string | Uint8Array, options: { rows?: ExpectedRow[]; minimum?: number } = {}) {
  const file = join(temporaryDirectory(), 'submit.json')
  writeFileSync(file, content)
  return checkSubmission(file, options.rows ?? expected, { minimumCharacters: options.minimum ?? 1 })
}

/** Problems in short: `2 submission.changed-field input`. */
const short = (problems: Problem[]) => problems.map(({ row, code, params }) => [row, code, ...Object.values(params)].join(' '))

describe('a right file', () => {
  it('passes, with its size and hash', async () => {
    expect(await check(right)).toEqual({ rows: 3, expected: 3, bytes: Buffer.byteLength(right), sha256: expect.stringMatching(/^[0-9a-f]{64}$/), problems: [], moreProblems: 0 })
  })

  it('passes without its last line end, with its keys in another order, and with escapes', async () => {
    expect((await check(right.trimEnd())).problems).toEqual([])
    const turned = lines(answered.map((row) => Object.fromEntries(Object.entries(row).reverse())))
    expect((await check(turned)).problems).toEqual([])
    expect((await check(right.replaceAll('雪', '\\u96ea'))).problems).toEqual([])
  })

  it('passes against rows that come one after another', async () => {
    async function* slowly() {
      yield* expected
    }
    const file = join(temporaryDirectory(), 'submit.json')
    writeFileSync(file, right)
    expect((await checkSubmission(file, slowly(), { minimumCharacters: 1 })).problems).toEqual([])
  })
})

describe('a wrong file names every fault', () => {
  const [first, second, third] = answered
  const cases: [string, string | Uint8Array, string[]][] = [
    ['a byte order mark', `\ufeff${right}`, ['0 submission.byte-order-mark']],
    ['CRLF', right.replaceAll('\n', '\r\n'), ['0 submission.carriage-return']],
    ['a blank line first', `\n${right}`, ['0 submission.blank-lines 1', '1 submission.not-a-row-a-line 2']],
    ['blank lines between', right.replaceAll('}\n{', '}\n\n{'), ['0 submission.blank-lines 2', '2 submission.not-a-row-a-line 3', '3 submission.not-a-row-a-line 5']],
    ['a blank line last', `${right}\n`, ['0 submission.blank-lines 1']],
    ['a line of spaces', right.replace('}\n{', '}\n  \n{'), ['2 submission.not-a-row-a-line 3']],
    ['invalid UTF-8', Buffer.concat([Buffer.from(right.slice(0, 20)), Buffer.from([0xff]), Buffer.from(right.slice(20))]), ['1 record.invalid-utf8 20']],
    ['a changed input', lines([{ ...first, input: '雪夜归人。' }, second, third]), ['1 submission.changed-field input']],
    ['a changed number', lines([first, { ...second, id: '17' }, third]), ['2 submission.changed-field id']],
    ['a changed list', lines([first, { ...second, tags: ['a', null, { z: 1 }] }, third]), ['2 submission.changed-field tags']],
    ['a missing field', lines([{ input: '雪夜归人', output: 'x' }, second, third]), ['1 submission.changed-field instruction']],
    ['an extra field', lines([first, second, { ...third, score: 1 }]), ['3 submission.changed-field score']],
    ['an extra field of a property’s name', lines([first, second, { ...third, toString: 1 }]), ['3 submission.changed-field toString']],
    ['rows in another order', lines([second, first, third]), [
      '1 submission.changed-field instruction', '1 submission.changed-field input', '1 submission.changed-field id', '1 submission.changed-field tags',
      '2 submission.changed-field id', '2 submission.changed-field input', '2 submission.changed-field instruction', '2 submission.changed-field tags',
    ]],
    ['a missing row', lines([first, second]), ['3 submission.missing-row']],
    ['two extra rows', lines([first, second, third, third, first]), ['4 submission.extra-row', '5 submission.extra-row']],
    ['no output', lines([{ instruction: '', input: '雪夜归人' }, second, third]), ['1 submission.no-output']],
    ['an output that is no text', lines([first, { ...second, output: 5 }, { ...third, output: null }]), ['2 submission.no-output', '3 submission.no-output']],
    ['an empty output', lines([{ ...first, output: '' }, second, { ...third, output: ' \n\u3000' }]), ['1 submission.empty-output', '3 submission.empty-output']],
    ['an array', JSON.stringify(answered), ['0 submission.not-lines', '2 submission.not-a-row-a-line 1', '3 submission.not-a-row-a-line 1']],
    ['an array, a row a line', `[\n${answered.map((row) => JSON.stringify(row)).join(',\n')}\n]`, ['0 submission.not-lines', '1 submission.not-a-row-a-line 2']],
    ['rows over several lines', answered.map((row) => JSON.stringify(row, null, 1)).join('\n'), ['0 submission.not-lines', '2 submission.not-a-row-a-line 6', '3 submission.not-a-row-a-line 20']],
    ['text after a row', right.replace('}\n', '} and so on\n'), [expect.stringMatching(/^1 record\.not-json \d+$/)]],
    ['a row that is no object', lines([first, second, [third]]), ['3 record.not-object array']],
    ['a cut-off row', right.slice(0, -6), ['3 record.truncated']],
  ]
  it.each(cases)('%s', async (_, content, problems) => {
    expect(short((await check(content)).problems)).toEqual(problems)
  })

  it.each([['an array', (row: unknown) => JSON.stringify([row])], ['several lines', (row: unknown) => JSON.stringify(row, null, 2)]])('even of one row, as %s', async (_, print) => {
    expect(short((await check(print(answered[0]), { rows: expected.slice(0, 1) })).problems)).toEqual(['0 submission.not-lines'])
  })

  it('an output too short for the setting, counted in characters', async () => {
    const { problems } = await check(lines([{ ...expected[0], output: '𠀀𠀁' }]), { rows: expected.slice(0, 1), minimum: 3 })
    expect(short(problems)).toEqual(['1 submission.short-output 2 3'])
    expect((await check(lines([{ ...expected[0], output: '𠀀𠀁𠀂' }]), { rows: expected.slice(0, 1), minimum: 3 })).problems).toEqual([])
  })

  it('and counts what it does not list', async () => {
    const many = Array.from({ length: 250 }, () => expected[0] ?? {})
    const { problems, moreProblems } = await check(lines(many), { rows: many })
    expect([problems.length, moreProblems, problems.at(-1)?.row]).toEqual([200, 50, 200])
  })

  it('with a sentence for each in both languages', async () => {
    for (const [, content] of cases) {
      for (const { code, params } of (await check(content)).problems) {
        expect(sentenceOf(code, params, 'en')).not.toMatch(/[{}]/)
        expect(sentenceOf(code, params, 'zh')).toMatch(/\p{Script=Han}/u)
      }
    }
  })
})

describe('a file that cannot be checked', () => {
  it('is empty, or not there', async () => {
    await expect(check('')).rejects.toMatchObject({ code: 'upload.empty', params: { file: 'submit.json' } })
    const missing = join(temporaryDirectory(), 'none.json')
    await expect(checkSubmission(missing, expected, { minimumCharacters: 1 })).rejects.toMatchObject({ code: 'upload.unreadable', params: { file: basename(missing) } })
  })

  it('is named as people know it, not as it is kept', async () => {
    const kept = join(temporaryDirectory(), '7.json')
    const inspected = () => inspectSubmission(kept, '我的提交.json', expected, { minimumCharacters: 1 })
    await expect(inspected()).rejects.toMatchObject({ code: 'upload.unreadable', params: { file: '我的提交.json' } })
    writeFileSync(kept, '')
    await expect(inspected()).rejects.toMatchObject({ code: 'upload.empty', params: { file: '我的提交.json' } })
  })
})

describe('submissionLines', () => {
  async function written(rows: { record: Record<string, unknown>; output: string }[]): Promise<string[]> {
    async function* each() {
      yield* rows
    }
    const out: string[] = []
    for await (const line of submissionLines(each())) out.push(line)
    return out
  }

  it('keeps fields, their order and every character, and fills the output where it stands', async () => {
    const output = '“他”说：\n\\𠀀😀\u2028</script>'
    expect(await written([
      { record: { id: 1, output: 'old', input: '引号"与\\和\u2028', instruction: '' }, output },
      { record: { instruction: '', input: '雪' }, output: '' },
    ])).toEqual([
      `{"id":1,"output":${JSON.stringify(output)},"input":"引号\\"与\\\\和\u2028","instruction":""}\n`,
      '{"instruction":"","input":"雪","output":""}\n',
    ])
  })

  it('passes the check that it is written for', async () => {
    const out = await written(expected.map((record, index) => ({ record, output: `第${index}篇。` })))
    expect((await check(out.join(''))).problems).toEqual([])
  })
})
