import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { command } from '@/tests/support/molian'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

const samples = ['--train', 'public/samples/train.json', '--test', 'public/samples/test.json']

function run(args: string[], environment: Record<string, string> = {}) {
  return command('run', args, { MOLIAN_HOME: join(temporaryDirectory(), 'home'), ...environment })
}

function config(text: string): string[] {
  const file = join(temporaryDirectory(), 'my.jsonc')
  writeFileSync(file, text)
  return ['--config', file]
}

describe('molian run refuses, before it starts anything,', () => {
  it.each([
    ['no files', [], "required option '--train <file>' not specified"],
    ['a train file that is not there', ['--train', '/nowhere/train.json', '--test', 'public/samples/test.json', '--out', 'x'], '/nowhere/train.json'],
    ['a directory for a test file', ['--train', 'public/samples/train.json', '--test', 'public', '--out', 'x'], 'not a file'],
    ['a config file that is not there', [...samples, '--out', 'x', '--config', '/nowhere/c.json'], '/nowhere/c.json'],
  ])('%s', async (_, args, words) => {
    expect(await run(args)).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(words) })
  })

  it('a config that is no JSON or has a wrong field, by its line or field and in the terminal’s language', async () => {
    const [broken, wrong] = await Promise.all([
      run([...samples, '--out', 'x', ...config('{\n  "training": {\n')], { MOLIAN_LANG: 'zh' }),
      run([...samples, '--out', 'x', ...config('{"training": {"learningRate": 0}}')]),
    ])
    expect(broken).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('my.jsonc 第 3 行不是有效的 JSON') })
    expect(wrong).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('my.jsonc: the field training.learningRate') })
  })
})
