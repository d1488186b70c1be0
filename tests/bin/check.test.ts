import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { command, molian } from '@/tests/support/molian'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

const rows = ['雪夜归人', '渡口'].map((input) => ({ instruction: '', input, output: '' }))
const lines = (records: object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('')
const right = lines(rows.map((row) => ({ ...row, output: '一篇故事。' })))

function files(submission: string, test = lines(rows)): string[] {
  const directory = temporaryDirectory()
  writeFileSync(join(directory, 'submit.json'), submission)
  writeFileSync(join(directory, 'test.json'), test)
  return [join(directory, 'submit.json'), '--test', join(directory, 'test.json')]
}

describe('molian check', () => {
  it('passes a right file, in words', async () => {
    expect(await molian(['check', ...files(right)])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^The submission passed its checks: 2 rows, sha256 [0-9a-f]{64}\n$/),
      stderr: '',
    })
  })

  it('passes it against a test file in another form', async () => {
    expect((await command('check', files(right, `\ufeff${JSON.stringify(rows, null, 2)}`))).status).toBe(0)
  })

  it('names each fault with its row, in the terminal’s language', async () => {
    const given = files(lines([{ ...rows[0], input: '雪', output: 'x' }, { ...rows[1] }]))
    const english = await command('check', given)
    expect(english.status).toBe(1)
    expect(english.stdout.split('\n')).toEqual([
      'The submission did not pass its checks:',
      '  row 1: The field input is not as the test file has it. Only output may differ. No safe fix in the file: this row has to be written again.',
      '  row 2: The output is empty. Generate this row again. No safe fix in the file: this row has to be written again.',
      '',
    ])
    const chinese = await command('check', given, { MOLIAN_LANG: 'zh' })
    expect(chinese).toMatchObject({ status: 1, stdout: expect.stringContaining('第 1 行: 字段 input 与测试文件不一致') })
  })

  it('gives its findings as JSON', async () => {
    const { status, stdout } = await command('check', [...files(lines(rows.slice(0, 1))), '--json'])
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ rows: 1, expected: 2, problems: [{ row: 1, code: 'submission.empty-output' }, { row: 2, code: 'submission.missing-row' }], moreProblems: 0 })
  })

  it('asks for a length where it is told to, and only for one that makes sense', async () => {
    const given = files(right)
    expect(await command('check', [...given, '--minimum', '6'])).toMatchObject({ status: 1, stdout: expect.stringContaining('has 5 characters, fewer than the 6') })
    expect((await command('check', [...given, '--minimum', '5'])).status).toBe(0)
    const refused = await Promise.all(['many', '0', '1.5'].map((minimum) => command('check', [...given, '--minimum', minimum])))
    for (const answer of refused) expect(answer).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('minimum') })
  })

  it.each([
    ['the submission is missing', ['/nowhere/submit.json', '--test', 'public/samples/test.json'], '“submit.json” could not be read'],
    ['the test file is missing', ['public/samples/test.json', '--test', '/nowhere/test.json'], '“test.json” could not be read'],
    ['no test file is named', ['public/samples/test.json'], "required option '--test <file>' not specified"],
  ])('says so when %s', async (_, args, words) => {
    expect(await command('check', args)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(words) })
  })

  it('does not check against a broken test file', async () => {
    expect(await command('check', files(right, `${lines(rows)}{"input":5}\n`))).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('test.json, line 3: The field “instruction” is missing.'),
    })
  })

  it('answers the samples’ own rows with what they lack', async () => {
    expect((await command('check', ['public/samples/test.json', '--test', 'public/samples/test.json'])).stdout).toMatch(/row 12: The output is empty/)
  })
})
