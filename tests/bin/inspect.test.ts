import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { command, molian } from '@/tests/support/molian'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

function file(content: string | Uint8Array, name = 'train.json'): string {
  const path = join(temporaryDirectory(), name)
  writeFileSync(path, content)
  return path
}

const novels = `{"name":"呐喊","text":"第一章 药\\n${'他的家是在那条路的尽头了。'.repeat(30)}\\n第二章 故乡\\n${'我的家是在那条河的对岸了。'.repeat(30)}"}\n`

describe('molian inspect', () => {
  it('says in words what an upload would give', async () => {
    const { status, stdout, stderr } = await molian(['inspect', file(`\ufeff${novels}{"name":"空","text":""}\n`)])
    expect([status, stderr]).toEqual([0, ''])
    expect(stdout).toContain('train.json')
    expect(stdout).toContain('encoding utf-8 with byte order mark')
    expect(stdout).toContain('records: 1 accepted, 1 rejected')
    expect(stdout).toMatch(/呐喊 {2}780 characters, 2 chapters/)
    expect(stdout).toMatch(/第一章 药 {2}390 {2}modern/)
    expect(stdout).toContain('line 2: The field “text” is empty.')
  })

  it('says it in Chinese', async () => {
    const { status, stdout } = await command('inspect', [file(`${novels}{"name":"空","text":""}\n`)], { MOLIAN_LANG: 'zh' })
    expect(status).toBe(0)
    expect(stdout).toContain('记录：采用 1，拒绝 1')
    expect(stdout).toContain('《呐喊》 780 字，2 章')
    expect(stdout).toContain('第 2 行: 字段“text”为空。')
  })

  it('gives all of it as JSON', async () => {
    const path = file('{"instruction":"","input":"雪夜归人","output":""}\n{"instruction":"","input":"雪夜归人"}\n{"input":5}\n', 'test.json')
    const { status, stdout } = await command('inspect', [path, '--json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      file: 'test.json', kind: 'test-rows', accepted: 2, rejected: 1, premises: 1, files: [{ name: 'test.json', form: 'records', encoding: { encoding: 'utf-8', bom: false } }],
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/), rejects: [{ line: 3, code: 'record.missing-field', sentence: { en: expect.any(String), zh: expect.any(String) } }],
    })
  })

  it('reads a novel as text, packed or not, and in the encoding that one says', async () => {
    const text = '第一章 药\n' + '他的家是在那条路的尽头了。'.repeat(30)
    const plain = await molian(['inspect', file(text, '呐喊.txt')])
    expect([plain.status, plain.stdout]).toEqual([0, expect.stringMatching(/呐喊 {2}390 characters, 1 chapters/)])
    const packed = await command('inspect', [file(gzipSync(text), '呐喊.txt.gz')])
    expect([packed.status, packed.stdout]).toEqual([0, expect.stringContaining('呐喊  390 characters')])
    const overruled = await command('inspect', [file(text, '呐喊.txt'), '--encoding', 'gb18030', '--json'])
    expect(JSON.parse(overruled.stdout)).toMatchObject({ files: [{ encoding: { encoding: 'gb18030' } }] })
    expect(await command('inspect', [file(text), '--encoding', 'klingon'])).toMatchObject({ status: 1, stderr: expect.stringContaining('klingon') })
  })

  it.each([
    ['nothing in it would be taken', '{"name":"空"}\n', 'records: 0 accepted, 1 rejected'],
    ['it is empty', '', '“train.json” is empty.'],
    ['it is compressed in a way that is not opened', Buffer.from('Rar!\x1a\x07rest', 'latin1'), 'is compressed'],
  ])('exits with 1 when %s', async (_, content, words) => {
    const { status, stdout, stderr } = await command('inspect', [file(content)])
    expect(status).toBe(1)
    expect(stdout + stderr).toContain(words)
  })

  it('exits with 1 and the reason, as JSON too, when the file is not there', async () => {
    const words = await command('inspect', ['/nowhere/train.json'])
    expect(words).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('could not be read') })
    const json = await command('inspect', ['/nowhere/train.json', '--json'])
    expect(json.status).toBe(1)
    expect(JSON.parse(json.stdout)).toMatchObject({ code: 'upload.unreadable', params: { file: 'train.json' } })
  })

  it('wants a file', async () => {
    expect(await command('inspect', [])).toMatchObject({ status: 1, stderr: expect.stringContaining("missing required argument 'file'") })
  })
})
