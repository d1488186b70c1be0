import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { checkSubmission, type ExpectedRow } from '@/lib/submission/check'
import { changeSentence, fixSentence } from '@/lib/submission/fix-sentences'
import { fixKinds, isMendable } from '@/lib/submission/fixes'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

const expected: ExpectedRow[] = [{ instruction: '', input: '雪夜归人', output: '' }, { instruction: '', input: '江上的灯', output: '' }, { instruction: '', input: '雪夜归人', output: '' }]
const [first = {}, second = {}, third = {}] = expected.map((row, at) => ({ ...row, output: `第${at + 1}篇故事在这里讲完了。` }))
const lines = (rows: unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
const right = lines([first, second, third])

async function check(content: string | Uint8Array) {
  const file = join(temporaryDirectory(), 'submit.json')
  writeFileSync(file, content)
  const { problems, mending } = await checkSubmission(file, expected, { minimumCharacters: 1 })
  return {
    fixes: problems.map(({ row, fix }) => `${row} ${fix}`),
    changes: mending?.changes.map(({ kind, count, rows }) => [kind, count, ...rows].join(' ')),
    unanswered: mending?.unanswered.rows,
    mending,
  }
}

describe('what can be done about a wrong file', () => {
  it('is nothing about a right one', async () => {
    expect(await check(right)).toMatchObject({ fixes: [], mending: undefined })
  })

  const cases: [string, string | Uint8Array, string[], string[], number[]][] = [
    ['a byte order mark', `\ufeff${right}`, ['0 drop-mark'], ['drop-mark 1'], []],
    ['CRLF', right.replaceAll('\n', '\r\n'), ['0 line-ends'], ['line-ends 1'], []],
    ['blank lines', right.replace('}\n{', '}\n\n{'), ['0 drop-blank-lines', '2 one-a-line'], ['drop-blank-lines 1'], []],
    ['an array', JSON.stringify([first, second, third]), ['0 one-a-line', '2 one-a-line', '3 one-a-line'], ['one-a-line 1'], []],
    ['rows in another order', lines([second, third, first]), ['1 to-its-row', '2 to-its-row'], ['to-its-row 2 1 2'], []],
    ['text after a row', right.replace('}\n', '} 以上。\n'), ['1 drop-trailing'], ['drop-trailing 1 1'], []],
    ['an extra row that answers nothing', lines([first, second, third, { input: '别的', output: '别的。' }]), ['4 drop-row'], ['drop-row 1 4'], []],
    ['an extra row that answers an empty one', lines([first, second, { ...third, output: '' }, third]), ['3 to-its-row', '4 to-its-row'], ['to-its-row 1 3', 'drop-row 1 3'], []],
    ['an extra field', lines([first, { ...second, score: 1 }, third]), ['2 restore-fields'], ['restore-fields 1 2'], []],
    ['a field that is missing', lines([{ input: '雪夜归人', output: '他回来了。' }, second, third]), ['1 restore-fields'], ['restore-fields 1 1'], []],
    ['blanks around an input', lines([first, { ...second, input: ' 江上的灯\n' }, third]), ['2 restore-fields'], ['restore-fields 1 2'], []],
    ['another encoding', iconv.encode(right, 'gb18030'), ['1 re-encode', '2 re-encode', '3 re-encode'], ['re-encode 1'], []],
    ['an input that was changed', lines([first, { ...second, input: '江上的火' }, third]), ['2 write-again'], ['drop-row 1 2'], [2]],
    ['a missing row', lines([first, second]), ['3 write-again'], [], [3]],
    ['an empty output', lines([first, { ...second, output: ' \u3000\n' }, third]), ['2 write-again'], [], [2]],
    ['an output that is no text', lines([first, { ...second, output: 5 }, third]), ['2 write-again'], [], [2]],
    ['a cut-off row', right.slice(0, -8), ['3 write-again'], ['drop-row 1 3'], [3]],
    ['invalid UTF-8', Buffer.concat([Buffer.from(lines([first])), Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from(lines([third]))]), ['2 write-again'], ['drop-row 1 2'], [2]],
  ]
  it.each(cases)('of %s', async (_, content, fixes, changes, unanswered) => {
    expect(await check(content)).toMatchObject({ fixes: expect.arrayContaining(fixes), changes, unanswered })
  })

  it('never takes a half of two rows on one line for the whole', async () => {
    const { mending } = await check(`${JSON.stringify(first)}${JSON.stringify(second)}\n${JSON.stringify(third)}\n`)
    expect(mending).toMatchObject({ answered: 1, unanswered: { count: 2 } })
  })

  it('of identical rows in another order keeps each answer once', async () => {
    const { mending } = await check(lines([third, second, first]))
    // Both rows ask the same, so either answer does for either.
    expect(mending).toBeUndefined()
  })

  it('counts answers with blanks at their ends, and is nothing where the file answers no row', async () => {
    expect((await check(`\ufeff${lines([{ ...first, output: ' 他回来了。\n' }, second, third])}`)).mending).toMatchObject({ padded: 1 })
    const { mending } = await check('这不是提交\n')
    expect(mending && isMendable(mending)).toBe(false)
  })

  it('has its words in both languages', () => {
    for (const kind of fixKinds) {
      const change = { kind, count: 20, rows: [1, 2] }
      expect(fixSentence(kind, 'zh')).toMatch(/\p{Script=Han}/u)
      expect(changeSentence(change, 'zh')).toMatch(/\p{Script=Han}/u)
      expect(changeSentence(change, 'en')).not.toMatch(/[{}]/)
      expect(fixSentence(kind, 'en')).toMatch(/^[A-Z].*\.$/)
    }
    expect(changeSentence({ kind: 'to-its-row', count: 20, rows: [1, 2] }, 'en')).toBe('Answers that go to the rows which they answer: 20 (rows 1, 2 …).')
  })
})
