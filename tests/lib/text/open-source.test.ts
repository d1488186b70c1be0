import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { MolianError } from '@/lib/errors'
import { openRecords } from '@/lib/text/open-records'
import { openSource } from '@/lib/text/open-source'
import type { SourceFile } from '@/lib/text/source-file'
import { temporaryDirectory } from '@/tests/support/temporary-directory'
import { unicodePathField, zipArchive, type ZipEntry } from '@/tests/support/zip-archive'
import { collect } from './read'

const novel = '{"name":"药","text":"秋天的后半夜。"}\n'
const prose = '秋天的后半夜，月亮下去了，太阳还没有出，只剩下一片乌蓝的天。\n'

type Read = { name: string; ordinal: number; titles?: unknown[]; encoding?: string; form?: string; code?: string; skipped?: boolean }

/** Every file of a file on disk, each with what it gives or why it gives nothing. */
async function readAllFiles(content: Uint8Array, fileName = 'novels.zip', unpackedBytes = 1 << 30, onBytes?: (read: number) => void): Promise<Read[]> {
  const path = join(temporaryDirectory(), 'stored')
  writeFileSync(path, content)
  const found: Read[] = []
  for await (const source of openSource(path, fileName, { unpackedBytes }, onBytes)) found.push(await readOne(source))
  return found
}

async function readOne(source: SourceFile): Promise<Read> {
  const { name, ordinal } = source
  if (!('chunks' in source)) return { name, ordinal, code: source.fault.code, skipped: source.skipped }
  try {
    const opened = await openRecords(source, { wanted: 'novels' })
    const titles = (await collect(opened.records)).map((record) => (record.ok ? record.value.name : record.code))
    return { name, ordinal, titles, encoding: opened.encoding.encoding, form: opened.form }
  } catch (error) {
    if (!(error instanceof MolianError) || error.code.startsWith('upload.archive-')) throw error
    expect(error.sentence('en')).toContain(name)
    return { name, ordinal, code: error.code }
  }
}

const inZip = (...entries: ZipEntry[]) => readAllFiles(zipArchive(entries))

describe('a zip archive', () => {
  it('gives each file in its own encoding and form, as ordinary programs pack it', async () => {
    const zip = new ZipFile()
    zip.addBuffer(Buffer.from(novel), 'train.json')
    zip.addEmptyDirectory('novels')
    zip.addBuffer(iconv.encode(prose.repeat(3), 'gb18030'), 'novels/故乡.txt')
    zip.addBuffer(iconv.encode(`\ufeff${prose}`, 'utf-16le'), 'novels/《社戏》.txt', { compress: false })
    zip.addBuffer(Buffer.from(`[${novel.trim()},${novel.trim()}]`), 'more.jsonl')
    zip.end()
    let read = 0
    const content = await buffer(zip.outputStream)
    expect(await readAllFiles(content, 'novels.zip', 1 << 30, (bytes) => {
      expect(bytes).toBeGreaterThanOrEqual(read)
      read = bytes
    })).toEqual([
      { ordinal: 0, name: 'train.json', titles: ['药'], encoding: 'utf-8', form: 'records' },
      { ordinal: 1, name: 'novels/故乡.txt', titles: ['故乡'], encoding: 'gb18030', form: 'text' },
      { ordinal: 2, name: 'novels/《社戏》.txt', titles: ['社戏'], encoding: 'utf-16le', form: 'text' },
      { ordinal: 3, name: 'more.jsonl', titles: ['药', '药'], encoding: 'utf-8', form: 'records' },
    ])
    expect(read).toBeGreaterThan(0)
    expect(read).toBeLessThan(content.length)
  })

  const gbk = iconv.encode('小说/故乡.txt', 'gbk')
  it.each<[string, ZipEntry, string]>([
    ['GBK that does not say so', { name: gbk }, '小说/故乡.txt'],
    ['UTF-8 that does not say so', { name: Buffer.from('小说/故乡.txt') }, '小说/故乡.txt'],
    ['BIG5', { name: iconv.encode('小說/為甚麼是這個故鄉的.txt', 'big5') }, '小說/為甚麼是這個故鄉的.txt'],
    ['a name in an extra field', { name: gbk, extra: unicodePathField(gbk, '另一个名字.txt') }, '另一个名字.txt'],
    ['an extra field of another name', { name: gbk, extra: unicodePathField(Buffer.from('x'), '另一个名字.txt') }, '小说/故乡.txt'],
    ['backslashes', { name: Buffer.from('novels\\a.txt') }, 'novels/a.txt'],
    ['letters apart from their marks', { name: 'cafe\u0301.txt' }, 'caf\u00e9.txt'],
    ['characters that turn the reading direction', { name: 'a\u202etxt.txt' }, 'atxt.txt'],
    ['ten thousand characters', { name: `${'长'.repeat(10_000)}.txt` }, `…${'长'.repeat(195)}.txt`],
  ])('names its file rightly: %s', async (_, entry, name) => {
    expect(await inZip({ ...entry, data: prose })).toMatchObject([{ name, form: 'text' }])
  })

  it.each<[string, ZipEntry, string]>([
    ['a path that escapes', { name: '../../etc/cron.d/x.json' }, 'entry.path-escapes'],
    ['one that escapes from within', { name: 'a/../../x.json' }, 'entry.path-escapes'],
    ['one that escapes by backslashes', { name: '..\\..\\x.json' }, 'entry.path-escapes'],
    ['an absolute path', { name: '/etc/passwd' }, 'entry.path-escapes'],
    ['a drive', { name: 'C:\\x.json' }, 'entry.path-escapes'],
    ['NUL in its name', { name: 'a\0.json' }, 'entry.path-escapes'],
    ['a password', { name: 'x.json', flags: 1 }, 'entry.encrypted'],
    ['AES', { name: 'x.json', flags: 1, method: 99 }, 'entry.encrypted'],
    ['a link', { name: 'x.json', mode: 0o120777 }, 'entry.symlink'],
    ['a device', { name: 'x.json', mode: 0o060644 }, 'entry.special'],
    ['a pipe', { name: 'x.json', mode: 0o010644 }, 'entry.special'],
    ['an unknown method', { name: 'x.json', method: 14 }, 'entry.method'],
    ['a wrong checksum', { name: 'x.json', claims: { crc: 1 } }, 'entry.damaged'],
    ['a wrong checksum at its end', { name: 'x.txt', claims: { crc: 1 }, method: 0 }, 'entry.damaged'],
    ['another length than it claims', { name: 'x.json', claims: { size: 3 } }, 'entry.damaged'],
    ['nothing in it', { name: 'x.json', data: '' }, 'upload.empty'],
    ['only blanks in it', { name: 'x.txt', data: ' \n' }, 'upload.empty'],
    ['an archive in it', { name: 'x.json', data: zipArchive([{ name: 'y.json', data: novel }]) }, 'entry.nested-archive'],
    ['gzip in it', { name: 'x.json.gz', data: gzipSync(novel) }, 'entry.nested-archive'],
    ['a Word document in it', { name: 'x.txt', data: zipArchive([{ name: '[Content_Types].xml', data: '<x/>' }]) }, 'upload.document'],
    ['an EPUB in it', { name: 'x.txt', data: zipArchive([{ name: 'mimetype', data: 'application/epub+zip', method: 0 }]) }, 'upload.document'],
    ['an old Word document in it', { name: 'x.txt', data: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]) }, 'upload.document'],
    ['RTF in it', { name: 'x.txt', data: '{\\rtf1\\ansi x}' }, 'upload.document'],
    ['a picture in it', { name: 'cover.txt', data: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]) }, 'upload.binary'],
    ['a web page in it', { name: 'x.html', data: '<html>药</html>' }, 'upload.unknown-kind'],
    ['a web page in it that is called text', { name: 'x.txt', data: '<!DOCTYPE html><p>药' }, 'upload.unknown-kind'],
  ])('refuses a file with %s by name, and takes the others', async (_, bad, code) => {
    const found = await inZip({ name: 'a.json', data: novel }, { data: novel, ...bad }, { name: 'b.json', data: novel })
    expect(found).toMatchObject([{ titles: ['药'] }, { ordinal: 1, code }, { ordinal: 2, titles: ['药'] }])
  })

  it.each(['__MACOSX/._a.json', '.DS_Store', 'novels/.hidden.json', 'Thumbs.db', 'x/desktop.ini'])('passes over %s', async (name) => {
    expect(await inZip({ name, data: 'x' }, { name: 'a.json', data: novel })).toMatchObject([{ code: 'entry.hidden', skipped: true }, { titles: ['药'] }])
  })

  it('of the same names twice gives both', async () => {
    expect(await inZip({ name: 'a.json', data: novel }, { name: 'a.json', data: novel })).toMatchObject([{ titles: ['药'] }, { titles: ['药'] }])
  })

  it.each<[string, ZipEntry[], string]>([
    ['Word, .docx', [{ name: '[Content_Types].xml' }, { name: 'word/document.xml' }], 'novel.txt'],
    ['Excel, .xlsx', [{ name: '[Content_Types].xml' }, { name: 'xl/workbook.xml' }], 'novel.zip'],
    ['EPUB', [{ name: 'mimetype' }, { name: 'META-INF/container.xml' }], 'novel.json'],
    ['OpenDocument', [{ name: 'mimetype' }, { name: 'content.xml' }], 'novel.zip'],
  ])('that is really %s is refused, whatever it is called', async (found, entries, name) => {
    await expect(readAllFiles(zipArchive(entries), name)).rejects.toMatchObject({ code: 'upload.document', params: { file: name, found } })
  })

  it('that is cut off anywhere says so', async () => {
    const whole = zipArchive([{ name: 'a.json', data: novel }, { name: 'b.json', data: novel }])
    for (const end of [40, whole.length - 60, whole.length - 22, whole.length - 1]) {
      await expect(readAllFiles(whole.subarray(0, end), 'a.zip')).rejects.toMatchObject({ code: 'upload.archive-broken', params: { file: 'a.zip' } })
    }
    const scrambled = Buffer.from(whole)
    scrambled.fill(0, whole.length - 100, whole.length - 30)
    await expect(readAllFiles(scrambled, 'a.zip')).rejects.toMatchObject({ code: 'upload.archive-broken' })
  })

  it('without any file gives none', async () => {
    expect(await inZip()).toEqual([])
    expect(await inZip({ name: 'empty/' })).toEqual([])
  })
})

describe('a bomb', () => {
  const zeros = Buffer.alloc(9 * 1024 * 1024, ' ')
  it.each<[string, Buffer, string]>([
    ['in zip', zipArchive([{ name: 'bomb.json', data: zeros }]), 'bomb.zip'],
    ['that hides its size', zipArchive([{ name: 'bomb.json', data: zeros, claims: { size: 10 } }]), 'bomb.zip'],
    ['in gzip', gzipSync(zeros), 'bomb.json.gz'],
  ])('%s is stopped by how much larger it grows', async (_, content, name) => {
    await expect(readAllFiles(content, name)).rejects.toMatchObject({ code: 'upload.archive-ratio', params: { file: name, entry: 'bomb.json' } })
  })

  it('of many files is stopped by what they are together, to the byte', async () => {
    const archive = zipArchive(['a', 'b', 'c'].map((name) => ({ name: `${name}.json`, data: novel })))
    const bytes = 3 * Buffer.byteLength(novel)
    expect(await readAllFiles(archive, 'a.zip', bytes)).toHaveLength(3)
    await expect(readAllFiles(archive, 'a.zip', bytes - 1)).rejects.toMatchObject({ code: 'upload.archive-too-large', params: { file: 'a.zip', entry: 'c.json' } })
    await expect(readAllFiles(gzipSync(novel), 'a.gz', 10)).rejects.toMatchObject({ code: 'upload.archive-too-large' })
  })

  it('of very many entries is stopped by their number', async () => {
    const many = zipArchive(Array.from({ length: 20_001 }, (_, index) => ({ name: `${index}.json`, method: 0 })))
    await expect(readAllFiles(many, 'many.zip')).rejects.toMatchObject({ code: 'upload.archive-entries', params: { file: 'many.zip', limit: 20_000 } })
  })
})

describe('gzip', () => {
  it.each([
    ['呐喊.json.gz', '呐喊.json', 'records'],
    ['呐喊.txt.gz', '呐喊.txt', 'text'],
    ['呐喊.json', '呐喊.json', 'records'],
    ['呐喊', '呐喊', 'text'],
  ])('called %s is read as %s', async (fileName, name, form) => {
    expect(await readAllFiles(gzipSync(form === 'text' ? prose : novel), fileName)).toMatchObject([{ name, form }])
  })

  it('remembers a name where its own says nothing', async () => {
    const packed = gzipSync(prose)
    const named = Buffer.concat([packed.subarray(0, 3), Buffer.from([8]), packed.subarray(4, 10), iconv.encode('故乡.txt', 'gbk'), Buffer.from([0]), packed.subarray(10)])
    expect(await readAllFiles(named, 'download.gz')).toMatchObject([{ name: '故乡.txt', titles: ['故乡'] }])
  })

  it('of several members is read to its end', async () => {
    const content = Buffer.concat([gzipSync(novel), gzipSync(novel.slice(0, 10)), gzipSync(novel.slice(10)), Buffer.alloc(512)])
    expect(await readAllFiles(content, 'a.json.gz')).toMatchObject([{ titles: ['药', '药'] }])
  })

  it.each<[string, Uint8Array, string]>([
    ['cut off', gzipSync(novel.repeat(100)).subarray(0, 60), 'entry.damaged'],
    ['cut off in its header', Buffer.from([0x1f, 0x8b, 8]), 'entry.damaged'],
    ['damaged', Buffer.from(gzipSync(novel.repeat(100))).fill(0x55, 20, 40), 'entry.damaged'],
    ['with a wrong checksum', Buffer.concat([gzipSync(novel).subarray(0, -8), Buffer.alloc(4, 0x55), gzipSync(novel).subarray(-4)]), 'entry.damaged'],
    ['followed by something else', Buffer.concat([gzipSync(novel), Buffer.from('rest')]), 'entry.damaged'],
    ['with gzip in it', gzipSync(gzipSync(novel)), 'entry.nested-archive'],
    ['with a tar archive in it', gzipSync(Buffer.concat([Buffer.alloc(257, 'x'), Buffer.from('ustar'), Buffer.alloc(250)])), 'entry.nested-archive'],
    ['of nothing', gzipSync(''), 'upload.empty'],
  ])('%s is refused', async (_, content, code) => {
    expect(await readAllFiles(content, 'a.json')).toMatchObject([{ code }])
  })
})

describe('a file by itself', () => {
  it.each<[string, string | Uint8Array, string, unknown[]]>([
    ['故乡.txt', prose, 'text', ['故乡']],
    ['《故乡》（校对版全本）作者：鲁迅.txt', prose, 'text', ['故乡']],
    ['故乡_作者：鲁迅.txt', prose, 'text', ['故乡']],
    ['故乡[完结].txt', prose, 'text', ['故乡']],
    ['001.txt', `《故乡》\n\n${prose}`, 'text', ['故乡']],
    ['新建文本文档 (2).txt', `　　故乡 作者：鲁迅\n${prose}`, 'text', ['故乡']],
    ['001.txt', `第一章 回乡\n${prose}`, 'text', ['001']],
    ['001.txt', prose, 'text', ['001']],
    ['故乡', prose, 'text', ['故乡']],
    ['第1.5卷', prose, 'text', ['第1.5卷']],
    ['train.txt', novel + novel, 'records', ['药', '药']],
    ['train', `[\n${novel}]`, 'records', ['药']],
    ['train.json', prose, 'records', ['record.not-json']],
    ['《药》.txt', '[题记]\n' + prose, 'text', ['药']],
  ])('%s with %j is read as %s', async (name, content, form, titles) => {
    expect(await readAllFiles(Buffer.from(content), name)).toMatchObject([{ name, form, titles }])
  })
})
