import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openAttempt } from '@/gpu-worker/attempt/open'
import { readUpload } from '@/gpu-worker/stages/read-upload'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { claimNext, LeaseLost } from '@/lib/queue/lease'
import { retryJob } from '@/lib/stages/jobs'
import { decide } from '@/lib/stages/novels/decisions'
import { chaptersTaking, decideNovel, listNovels } from '@/lib/stages/novels/novels'
import { listTestFiles } from '@/lib/stages/stories/test-files'
import { receiveUpload } from '@/lib/stages/uploads/whole'
import { novelsDecidedOn } from '@/lib/stages/uploads/uses'
import { listRejections, readUploadRow } from '@/lib/stages/uploads/uploads'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject, readJob } from '@/tests/support/jobs'
import { classicalProse, jsonLines, modernProse, row, sampleNovels, send, sendNovels, sendTest } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { useStudio } from '@/tests/support/studio'
import { zipArchive } from '@/tests/support/zip-archive'

useStudio()
let projectId: string
beforeEach(async () => {
  projectId = await makeProject()
})

const modern = { registers: ['modern'] as ['modern'] }
const chapters = () => db().chapter.findMany({ where: { novel: { projectId } }, orderBy: { id: 'asc' } })

describe('novels', () => {
  it('become rows: chapters with their headings, lengths and registers', async () => {
    const upload = await sendNovels(projectId, [
      { name: '路', text: `第一章 出门\n\n　　${modernProse(200)}\n\n第二章 回来\n\n　　${modernProse(100, 2)}` },
      { name: '史', text: classicalProse },
    ])
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'ready', encoding: 'utf-8', accepted: 2, rejected: 0, total: 2, errorCode: null })
    expect(await chapters()).toMatchObject([
      { ordinal: 0, heading: '第一章 出门', measuredRegister: 'modern', taking: 'by_register', role: 'drawn' },
      { ordinal: 1, heading: '第二章 回来', measuredRegister: 'modern' },
      { ordinal: 0, heading: '', measuredRegister: 'classical' },
    ])
    for (const chapter of await chapters()) expect(chapter.characters).toBe([...chapter.text].length)
    expect((await listNovels(projectId, modern)).map(({ title, chapters: count, fileName }) => [title, count, fileName])).toEqual([['路', 2, 'train.json'], ['史', 1, 'train.json']])
    const job = await readJob(upload.jobId ?? '')
    expect(job).toMatchObject({ state: 'succeeded', result: { accepted: 2, rejected: 0 } })
    expect(job.progressDone).toBe(job.progressTotal)
  })

  it('leave out a short text before the first heading, and no other', async () => {
    const novel = `第一章 出门\n${modernProse(300)}\n第二章 回来\n${modernProse(300, 2)}`
    const upload = await sendNovels(projectId, [
      { name: '路', text: `作者：某人\n简介：一个人离开了家。\n\n${novel}` },
      { name: '序言长的书', text: `${modernProse(300)}\n\n${novel}` },
      { name: '短文', text: '他走了。她没有回头。' },
    ])
    expect((await chapters()).map(({ heading, headingEvidence, taking }) => [heading, headingEvidence, taking])).toEqual([
      ['卷首', 'front', 'by_register'], ['第一章 出门', 'numbered', 'by_register'], ['第二章 回来', 'numbered', 'by_register'],
      ['卷首', 'front', 'by_register'], ['第一章 出门', 'numbered', 'by_register'], ['第二章 回来', 'numbered', 'by_register'],
      ['', 'none', 'by_register'],
    ])
    expect(await novelsDecidedOn(upload.id)).toBe(0)
    const taking = async () => (await chaptersTaking(projectId, { registers: ['modern'] })).length
    expect(await taking()).toBe(6)
    // A word on its novel takes it in with the rest, as one on the chapter would.
    const withFront = await db().novel.findFirstOrThrow({ where: { projectId, title: '路' } })
    await decideNovel(projectId, withFront.id, { taking: 'taken' })
    expect(await taking()).toBe(7)
    await decide(projectId, { title: '路' }, { kind: 'taking', taking: 'by_register' }, { registers: ['modern'] })
    expect(await taking()).toBe(6)
    await decide(projectId, { title: '路', part: 'out' }, { kind: 'taking', taking: 'taken' }, { registers: ['modern'] })
    expect(await taking()).toBe(7)
  })

  it('of the samples lose no character', async () => {
    await sendNovels(projectId, sampleNovels)
    const joined = (await chapters()).map(({ text }) => text).join('').replace(/\s/gu, '')
    const whole = sampleNovels.map(({ text }) => text).join('').replace(/\s/gu, '')
    expect(joined.length).toBeGreaterThan(whole.length * 0.98)
    expect((await db().novel.findMany({ where: { projectId } })).map(({ title }) => title)).toEqual(sampleNovels.map(({ name }) => name))
  })

  it('keep tabs, backslashes, quotes and characters beyond the basic plane through COPY', async () => {
    const text = `他说：“\\N\\t\\\\”\t𠀀😀\\.\n\\.\n'; DROP TABLE novel; --`
    await sendNovels(projectId, [{ name: 'a\tb\\N\n𠀀', text }])
    expect((await chapters())[0]?.text).toBe(text)
    expect((await db().novel.findFirstOrThrow({ where: { projectId } })).title).toBe('a\tb\\N\n𠀀')
  })

  it.each([
    ['a NUL', `{"name":"坏","text":"a\\u0000b"}`, 'record.nul'],
    ['half a surrogate pair', `{"name":"坏","text":"\\ud800"}`, 'record.lone-surrogate'],
    ['no text', `{"name":"坏"}`, 'record.missing-field'],
    ['an empty text', `{"name":"坏","text":" \\n"}`, 'record.empty-text'],
    ['a number for a text', `{"name":"坏","text":5}`, 'record.not-string'],
    ['a broken line', `{"name":"坏","text":"x`, 'record.truncated'],
    ['a forbidden key', `{"__proto__":{"name":"坏"},"name":"坏","text":"x"}`, 'record.forbidden-key'],
  ])('with %s are rejected by line and reason, and the others stay', async (_, bad, code) => {
    const good = jsonLines([{ name: '好', text: '秋天的后半夜，月亮下去了。' }])
    const upload = await send(projectId, 'novels', `${good}\n${bad}\n${good}`)
    await runNextWell()
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'ready', accepted: 2, rejected: 1, total: 3 })
    expect(await listRejections(upload.id)).toEqual([{ file: 'train.json', line: 3, code, params: expect.anything() }])
    expect((await db().novel.findMany({ where: { projectId }, orderBy: { ordinal: 'asc' } })).map(({ ordinal }) => ordinal)).toEqual([0, 1])
  })

  it('are read from an array, in GB18030, and told by title and content', async () => {
    const { encode } = await import('iconv-lite')
    const array = JSON.stringify([{ title: '路', content: modernProse(300) }, { title: '史', content: classicalProse }], null, 1)
    const upload = await send(projectId, 'novels', encode(array, 'gb18030'))
    await runNextWell()
    expect(await readUploadRow(upload.id)).toMatchObject({ accepted: 2, rejected: 0, encoding: 'gb18030' })
    expect((await chapters())[1]?.text).toBe(classicalProse)
  })
})

describe('a file that gives nothing', () => {
  it('is refused and keeps its rejections', async () => {
    const upload = await send(projectId, 'novels', '{"name":"a"}\n[1]\nnothing\n')
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'upload.nothing-accepted', errorParams: { file: 'train.json', rejected: 3 } })
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'refused', accepted: 0, rejected: 3, total: 3, errorCode: 'upload.nothing-accepted' })
    expect((await listRejections(upload.id)).map(({ line, code }) => [line, code])).toEqual([
      [1, 'record.missing-field'],
      [2, 'record.not-object'],
      [3, 'record.not-json'],
    ])
    expect((await listRejections(upload.id, 1, 2)).map(({ line }) => line)).toEqual([3])
  })

  it('of prose lists every line, in batches', async () => {
    const upload = await send(projectId, 'novels', '秋天的后半夜。\n'.repeat(25_001))
    await runNext()
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'refused', rejected: 25_001 })
    expect((await listRejections(upload.id, 1, 25_000)).map(({ line }) => line)).toEqual([25_001])
    await expectInvariants(env().databaseUrl)
  })

  it.each<[string, string | Uint8Array, string]>([
    ['empty', '', 'upload.empty'],
    ['blank', ' \n\r\n', 'upload.empty'],
    ['compressed otherwise', Buffer.from('7z\xbc\xaf\x27\x1crest', 'latin1'), 'upload.compressed'],
  ])('because it is %s says so', async (_, content, code) => {
    const upload = await send(projectId, 'novels', content, `${code}.json`)
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: code, errorParams: { file: `${code}.json` } })
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'refused', errorCode: code })
  })

  it('can be read again, and then stands as it was read last', async () => {
    const upload = await send(projectId, 'novels', '{"name":"a"}\n{"name":"b","text":"秋天的后半夜。"}')
    await db().upload.update({ where: { id: upload.id }, data: { kind: 'test' } })
    expect((await runNext()).state).toBe('failed')
    await db().upload.update({ where: { id: upload.id }, data: { kind: 'novels' } })
    await retryJob(upload.jobId ?? '')
    await runNextWell()
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'ready', accepted: 1, rejected: 1, total: 2, errorCode: null, errorParams: null })
    expect(await listRejections(upload.id)).toHaveLength(1)
    await expectInvariants(env().databaseUrl)
  })
})

describe('files', () => {
  const files = (uploadId: string) => db().uploadFile.findMany({ where: { uploadId }, orderBy: { ordinal: 'asc' } })
  const good = jsonLines([{ name: '药', text: '秋天的后半夜。' }])

  it('in an archive have each its own encoding, counts, rejections and reasons', async () => {
    const { encode } = await import('iconv-lite')
    const content = zipArchive([
      { name: 'a.json', data: `${good}{"name":"b"}\n` },
      { name: encode('小说/故乡.txt', 'gbk'), data: encode(modernProse(300), 'gb18030') },
      { name: '.DS_Store', data: 'x' },
      { name: 'broken.json', data: `${good}{"name":"c"}\n`, claims: { crc: 7 } },
      { name: 'none.json', data: '{}\n{}' },
      { name: 'b.json', data: `{"name":5}\n${good}` },
    ])
    const upload = await send(projectId, 'novels', content, '小说.zip')
    await runNextWell()
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'ready', encoding: null, accepted: 3, rejected: 4, total: 7 })
    expect(await files(upload.id)).toMatchObject([
      { name: 'a.json', state: 'taken', form: 'records', encoding: 'utf-8', accepted: 1, rejected: 1, errorCode: null, bytes: BigInt(Buffer.byteLength(good) + 13) },
      { name: '小说/故乡.txt', state: 'taken', form: 'text', encoding: 'gb18030', accepted: 1, rejected: 0, mojibake: null },
      { name: '.DS_Store', state: 'skipped', errorCode: 'entry.hidden' },
      { name: 'broken.json', state: 'refused', errorCode: 'entry.damaged', accepted: 0, rejected: 0 },
      { name: 'none.json', state: 'refused', errorCode: 'upload.nothing-accepted', rejected: 2 },
      { name: 'b.json', state: 'taken', accepted: 1, rejected: 1 },
    ])
    expect((await listRejections(upload.id)).map(({ file, line, code }) => [file, line, code])).toEqual([
      ['a.json', 2, 'record.missing-field'],
      ['none.json', 1, 'record.missing-field'],
      ['none.json', 2, 'record.missing-field'],
      ['b.json', 1, 'record.not-string'],
    ])
    const novels = await db().novel.findMany({ where: { projectId }, orderBy: { ordinal: 'asc' } })
    expect(novels.map(({ ordinal, fileOrdinal, title }) => [ordinal, fileOrdinal, title])).toEqual([[0, 0, '药'], [1, 1, '故乡'], [2, 5, '药']])
    await expectInvariants(env().databaseUrl)
  })

  it.each<[string, string, Uint8Array, string]>([
    ['a bomb', 'bomb.zip', zipArchive([{ name: 'a.json', data: good }, { name: 'bomb.json', data: Buffer.alloc(9 << 20, ' ') }]), 'upload.archive-ratio'],
    ['cut off', 'cut.zip', zipArchive([{ name: 'a.json', data: good }]).subarray(0, 60), 'upload.archive-broken'],
    ['a document', 'novel.txt', zipArchive([{ name: '[Content_Types].xml' }, { name: 'word/document.xml' }]), 'upload.document'],
    ['without anything', 'none.zip', zipArchive([]), 'upload.empty'],
    ['with nothing of use', 'none.zip', zipArchive([{ name: 'a.json', data: '{}' }, { name: 'b.json', data: '' }]), 'upload.archive-nothing'],
    ['with one damaged file', 'one.zip', zipArchive([{ name: 'a.json', data: good, claims: { crc: 7 } }]), 'entry.damaged'],
    ['gzip cut off', 'a.json.gz', gzipSync(jsonLines(sampleNovels)).subarray(0, -9), 'entry.damaged'],
  ])('in an archive that is %s leave nothing', async (_, name, content, code) => {
    const upload = await send(projectId, 'novels', content, name)
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: code })
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'refused', accepted: 0, errorCode: code })
    expect(await db().novel.count({ where: { projectId } })).toBe(0)
    await expectInvariants(env().databaseUrl)
  })

  it('of text are one novel each, its damaged characters counted with their lines', async () => {
    const text = Buffer.concat([Buffer.from(`故乡\n\n${modernProse(400)}\n他`), Buffer.from([0xff]), Buffer.from('说\n最后一行\0。\n')])
    const upload = await send(projectId, 'novels', text, '故乡.txt')
    await runNextWell()
    const lines = text.toString().split('\n').flatMap((line, index) => (/[\ufffd\0]/.test(line) ? [index + 1] : []))
    expect(await files(upload.id)).toMatchObject([{ form: 'text', accepted: 1, damaged: 2, damagedLines: lines }])
    expect(await db().novel.findMany({ where: { projectId } })).toMatchObject([{ title: '故乡' }])
    expect((await chapters())[0]?.text.endsWith('他\ufffd说\n最后一行\ufffd。')).toBe(true)
  })

  it('in GB18030 lose only the record that holds a wrong byte', async () => {
    const { encode } = await import('iconv-lite')
    const line = encode(jsonLines([{ name: '路', text: modernProse(300) }]), 'gb18030')
    const wrong = Buffer.concat([line.subarray(0, 60), Buffer.from([0xff]), line.subarray(60)])
    const upload = await send(projectId, 'novels', Buffer.concat([line, wrong, line]))
    await runNextWell()
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'ready', encoding: 'gb18030', accepted: 2, rejected: 1 })
    expect(await listRejections(upload.id)).toMatchObject([{ line: 2, code: 'record.invalid-bytes', params: { encoding: 'gb18030', line: 2 } }])
  })

  it('of text with more than one character in a hundred damaged are refused', async () => {
    const { encode } = await import('iconv-lite')
    const gbk = encode(modernProse(300), 'gb18030')
    const half = Buffer.concat([gbk, Buffer.from('a\xff'.repeat(8), 'latin1')])
    const upload = await send(projectId, 'novels', half, '路.txt')
    expect(await runNext()).toMatchObject({ state: 'failed' })
    expect(await listRejections(upload.id)).toMatchObject([{ code: 'record.damaged-text', params: { count: 8 } }])
  })
})

describe('test rows', () => {
  it('come from one file of an archive, the first that holds any', async () => {
    const content = zipArchive([{ name: 'readme.json', data: '{}' }, { name: 'test.json', data: jsonLines([row('雪'), row('雨')]) }, { name: 'other.json', data: jsonLines([row('风')]) }])
    const upload = await send(projectId, 'test', content, 'test.zip')
    await runNextWell()
    expect(await listTestFiles(projectId)).toMatchObject([{ uploadId: upload.id, rowCount: 2 }])
    expect((await listRejections(upload.id)).map(({ file, code }) => [file, code])).toEqual([['readme.json', 'record.missing-field'], ['other.json', 'record.second-test-file']])
    await expectInvariants(env().databaseUrl)
  })

  it('are kept as they came', async () => {
    const rows = [row('雪夜归人'), { id: 7, instruction: '写', input: '', output: '', extra: { z: 1, a: [null, 'x'] } }, row('雪夜归人')]
    const upload = await sendTest(projectId, rows)
    expect(await listTestFiles(projectId)).toMatchObject([{ uploadId: upload.id, rowCount: 3, premises: 2, upload: { fileName: 'test.json' } }])
    const stored = await db().$queryRaw<{ record: string; input: string; instruction: string }[]>`
      SELECT record::text, input, instruction FROM test_row r JOIN test_file f ON f.id = r.test_file_id WHERE f.project_id = ${projectId}::uuid ORDER BY ordinal`
    expect(stored).toEqual(rows.map((one) => ({ record: JSON.stringify(one), input: one.input, instruction: one.instruction })))
  })

  it('are rejected one by one', async () => {
    const upload = await sendTest(projectId, [row('雪'), { instruction: '', input: '' }, { input: 'x' }, { instruction: '', input: 'x', output: 3 }])
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'ready', accepted: 1, rejected: 3 })
    expect((await listRejections(upload.id)).map(({ line, code }) => [line, code])).toEqual([
      [2, 'record.empty-text'],
      [3, 'record.missing-field'],
      [4, 'record.not-string'],
    ])
    await expectInvariants(env().databaseUrl)
  })
})

describe('an attempt that lost its job', () => {
  it('writes nothing, however far it came', async () => {
    const upload = await send(projectId, 'novels', jsonLines(sampleNovels))
    const job = await claimNext('cpu', 'this test', null)
    if (!job) throw new Error('No job is queued')
    const { attempt, close } = openAttempt(job)
    await db().job.update({ where: { id: job.id }, data: { epoch: { increment: 1 } } })
    await expect(readUpload(attempt)).rejects.toThrow(LeaseLost)
    await close()
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'reading', accepted: 0 })
    expect(await db().novel.count({ where: { projectId } })).toBe(0)
    expect(await listNovels(projectId, modern)).toEqual([])
  })

  it('cannot refuse a file either', async () => {
    const upload = await send(projectId, 'novels', 'nothing')
    const job = await claimNext('cpu', 'this test', null)
    if (!job) throw new Error('No job is queued')
    const { attempt, close } = openAttempt(job)
    await db().job.update({ where: { id: job.id }, data: { epoch: { increment: 1 } } })
    await expect(readUpload(attempt)).rejects.toThrow(LeaseLost)
    await close()
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'reading', rejected: 0 })
    expect(await listRejections(upload.id)).toEqual([])
  })
})

describe('tiny records', () => {
  // Only a context made after the flag is set has the collector in it.
  setFlagsFromString('--expose-gc')
  const sweep = z.function().parse(runInNewContext('gc'))

  /**
   * Reads what `records` gives and tells by how many MB what is kept in memory grew at most. Garbage is swept before each look: how
   * much of it lies about between two sweeps is the machine's affair, and differs by hundreds of MB from one machine to the next.
   */
  async function growthOf(kind: 'novels' | 'test', records: AsyncGenerator<Uint8Array>): Promise<{ id: string; growthMB: number }> {
    const upload = await receiveUpload(projectId, kind, 'tiny.json', records)
    const before = kept()
    let most = before
    const watch = setInterval(() => {
      most = Math.max(most, kept())
    }, 400)
    await runNextWell()
    clearInterval(watch)
    return { id: upload.id, growthMB: (most - before) / 1e6 }
  }

  function kept(): number {
    sweep()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }

  async function* many(count: number, record: (index: number) => string): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < count; from += 10_000) yield Buffer.from(Array.from({ length: 10_000 }, (_, index) => `${record(from + index)}\n`).join(''))
  }

  it('by the million are taken with memory that does not grow with them', async () => {
    const { id, growthMB } = await growthOf('test', many(1_000_000, (index) => `{"instruction":"","input":"${index}"}`))
    expect(await readUploadRow(id)).toMatchObject({ state: 'ready', accepted: 1_000_000, rejected: 0 })
    expect(await listTestFiles(projectId)).toMatchObject([{ rowCount: 1_000_000, premises: 1_000_000 }])
    expect(growthMB).toBeLessThan(50)
  })

  it('as novels too', async () => {
    const { id, growthMB } = await growthOf('novels', many(100_000, () => '{"name":"a","text":"b"}'))
    expect(await readUploadRow(id)).toMatchObject({ state: 'ready', accepted: 100_000, rejected: 0 })
    expect(growthMB).toBeLessThan(50)
  })
})
