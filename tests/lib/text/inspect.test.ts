import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspectFile } from '@/lib/text/inspect'
import { openRecordFile } from '@/lib/text/record-file'
import { collect } from './read'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'molian-inspect-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

function written(name: string, content: string | Uint8Array): string {
  const path = join(directory, name)
  writeFileSync(path, content)
  return path
}

describe('inspectFile', () => {
  it('tells what the sample files hold', async () => {
    const train = await inspectFile('public/samples/train.json')
    expect(train).toMatchObject({ file: 'train.json', kind: 'novels', accepted: 3, rejected: 0, files: [{ form: 'records', encoding: { encoding: 'utf-8', bom: false } }] })
    expect(train.novels.map(({ title, chapters }) => [title, chapters.length])).toEqual([['药', 4], ['故乡', 1], ['阿Ｑ正传', 9]])
    expect(train.totals.modern).toBe(14)
    const test = await inspectFile('public/samples/test.json')
    expect(test).toMatchObject({ kind: 'test-rows', accepted: 12, rejected: 0, premises: 4, novels: [] })
  })

  it('gives size, hash, and every reject with its line and sentence in both languages', async () => {
    const content = '{"name":"药","text":"秋天的后半夜。"}\nnot json\n\n{"name":"空","text":""}\n{"name":"药","text":"同名也收。"}\n'
    const inspection = await inspectFile(written('some.json', content))
    expect(inspection).toMatchObject({
      bytes: Buffer.byteLength(content),
      sha256: createHash('sha256').update(content).digest('hex'),
      accepted: 2,
      rejected: 2,
      rejects: [{ line: 2, code: 'record.not-json' }, { line: 4, code: 'record.empty-text', sentence: { zh: '字段“text”为空。' } }],
    })
  })

  it('counts instructions as premises where there is no input', async () => {
    const rows = ['写雪', '写雨', '写雪'].map((instruction) => JSON.stringify({ instruction, input: '' })).join('\n')
    expect(await inspectFile(written('instructions.json', rows))).toMatchObject({ kind: 'test-rows', accepted: 3, premises: 2 })
  })

  it('decides by the first whole record, and by the caller’s word', async () => {
    const path = written('rows.json', 'broken\n{"instruction":"","input":"一句。"}\n{"name":"药","text":"秋天"}')
    expect(await inspectFile(path)).toMatchObject({ kind: 'test-rows', accepted: 1, rejects: [{ line: 1 }, { line: 3, code: 'record.missing-field' }] })
    expect(await inspectFile(path, { kind: 'novels' })).toMatchObject({ kind: 'novels', accepted: 1, rejected: 2 })
  })

  it.each(['utf-16le', 'utf-16be', 'gb18030'])('reads %s like UTF-8', async (encoding) => {
    const text = '我冒了严寒，回到相隔二千余里，别了二十余年的故乡去。'.repeat(20)
    const inspection = await inspectFile(written(`${encoding}.json`, iconv.encode(`{"name":"故乡","text":"${text}"}`, encoding)))
    expect(inspection).toMatchObject({ files: [{ encoding: { encoding } }], accepted: 1, novels: [{ title: '故乡', characters: text.length }] })
  })

  it.each([
    ['empty.json', '', 'upload.empty'],
    ['packed.json', Buffer.from('7z\xbc\xaf\x27\x1crest', 'latin1'), 'upload.compressed'],
    ['page.html', '<html><p>药</p></html>', 'upload.unknown-kind'],
  ])('refuses %s', async (name, content, code) => {
    await expect(inspectFile(written(name, content))).rejects.toMatchObject({ code })
  })

  it('says that a file is not there', async () => {
    await expect(inspectFile(join(directory, 'none.json'))).rejects.toMatchObject({ code: 'upload.unreadable' })
  })
})

describe('openRecordFile', () => {
  it('gives the records of a file, packed or not, and counts its bytes', async () => {
    const content = iconv.encode('{"name":"故乡","text":"我冒了严寒"}', 'gb18030')
    for (const path of [written('gb.json', content), written('gb.json.gz', gzipSync(content))]) {
      const opened = await openRecordFile(path, 'gb.json')
      expect(opened.encoding).toMatchObject({ encoding: 'gb18030' })
      expect(await collect(opened.records)).toMatchObject([{ ok: true, value: { name: '故乡' } }])
      expect(opened.bytes()).toBe(content.length)
    }
  })
})
