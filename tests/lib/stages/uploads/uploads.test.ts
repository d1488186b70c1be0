import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { claimNext, requestStop } from '@/lib/queue/lease'
import { receiveUpload } from '@/lib/stages/uploads/whole'
import { deleteUpload, displayName, listUploads, readUploadRow, reapUploads } from '@/lib/stages/uploads/uploads'
import { makeProject } from '@/tests/support/jobs'
import { bytesOf, jsonLines, send, sendNovels } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { useStudio } from '@/tests/support/studio'

const limit = 4096
process.env.MOLIAN_UPLOAD_LIMIT = String(limit)
useStudio()

let projectId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
})

const kept = () => {
  const directory = join(env().home, 'uploads')
  return existsSync(directory) ? readdirSync(directory) : []
}
const record = jsonLines([{ name: '药', text: '秋天的后半夜。' }])

describe('displayName', () => {
  it.each([
    ['train.json', 'train.json'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\novels\\呐喊.json', '呐喊.json'],
    ['CON', 'CON'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['a\u0000b\nc\u2028d', 'abcd'],
    ['=cmd()', '=cmd()'],
    ['<script>', '<script>'],
    ['', 'file'],
    ['../', 'file'],
    ['\u200b', 'file'],
  ])('%j is shown as %j', (raw, shown) => expect(displayName(raw)).toBe(shown))

  it('is of bearable length, in whole characters', () => expect(displayName('𠀀'.repeat(10_000))).toBe('𠀀'.repeat(120)))
})

describe('receiveUpload', () => {
  it('keeps the file under its id, hashed, and queues its reading', async () => {
    const upload = await send(projectId, 'novels', record, '../../呐喊.json')
    expect(upload).toMatchObject({ state: 'reading', fileName: '呐喊.json', bytes: BigInt(Buffer.byteLength(record)), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(kept()).toContain(upload.id)
    expect(await db().job.findUnique({ where: { id: upload.jobId ?? '' } })).toMatchObject({ name: 'read-upload', state: 'queued', lane: 'cpu', subjectId: upload.id })
  })

  it('takes a file of the limit to the byte, and not one byte more', async () => {
    const whole = record.padEnd(record.length + limit - Buffer.byteLength(record), '\n')
    const upload = await send(projectId, 'novels', whole)
    expect(upload.bytes).toBe(BigInt(limit))
    const before = kept()
    for (const piece of [1, 1000, 1 << 20]) {
      await expect(receiveUpload(projectId, 'novels', 'big.json', bytesOf(`${whole}\n`, piece))).rejects.toMatchObject({ code: 'upload.too-large', params: { file: 'big.json' } })
    }
    expect(kept()).toEqual(before)
    expect(await listUploads(projectId)).toHaveLength(1)
  })

  it('refuses a file that says itself that it is too large, before a byte has come', async () => {
    const untouched = bytesOf(record)
    await expect(receiveUpload(projectId, 'novels', 'a', untouched, { declaredBytes: limit + 1 })).rejects.toMatchObject({ code: 'upload.too-large' })
    expect((await untouched.next()).done).toBe(false)
    expect(await listUploads(projectId)).toEqual([])
  })

  it.each([['more', 1], ['fewer', -1]])('keeps nothing of a sender that promised %s bytes', async (_, more) => {
    const declaredBytes = Buffer.byteLength(record) + more
    const before = kept()
    await expect(receiveUpload(projectId, 'novels', 'a', bytesOf(record), { declaredBytes })).rejects.toMatchObject({
      code: 'upload.incomplete',
      params: { file: 'a', received: Buffer.byteLength(record), declared: declaredBytes },
    })
    expect(kept()).toEqual(before)
    expect(await listUploads(projectId)).toEqual([])
  })

  it('keeps nothing of a sender that goes away', async () => {
    const gone = new AbortController()
    async function* slowly() {
      yield Buffer.from('{"name"')
      gone.abort()
      yield Buffer.from(':"药"}')
    }
    const before = kept()
    await expect(receiveUpload(projectId, 'novels', 'a.json', slowly(), { signal: gone.signal })).rejects.toMatchObject({ code: 'upload.interrupted', params: { file: 'a.json' } })
    async function* broken() {
      yield Buffer.from('{"name"')
      throw new Error('the line broke')
    }
    await expect(receiveUpload(projectId, 'novels', 'a.json', broken())).rejects.toThrow('the line broke')
    expect(kept()).toEqual(before)
    expect(await listUploads(projectId)).toEqual([])
  })

  it('recognises the same bytes for the same purpose, waiting, read, or sent twice at once', async () => {
    const first = await send(projectId, 'novels', record)
    expect((await send(projectId, 'novels', record, 'again.json')).id).toBe(first.id)
    await runNextWell()
    expect(await send(projectId, 'novels', record)).toMatchObject({ id: first.id, state: 'ready' })
    expect((await send(projectId, 'test', record)).id).not.toBe(first.id)
    expect((await send(await makeProject(), 'novels', record)).id).not.toBe(first.id)
    const both = await Promise.all([send(projectId, 'novels', `${record}\n`), send(projectId, 'novels', `${record}\n`)])
    expect(both[0].id).toBe(both[1].id)
    expect(await listUploads(projectId, 'novels')).toHaveLength(2)
    expect(kept().filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('reads a known file whose reading was cancelled, and one that was refused anew', async () => {
    const cancelled = await send(projectId, 'novels', record)
    await requestStop(cancelled.jobId ?? '', 'cancel')
    expect((await send(projectId, 'novels', record)).id).toBe(cancelled.id)
    await runNextWell()
    expect(await readUploadRow(cancelled.id)).toMatchObject({ state: 'ready' })

    const refused = await send(projectId, 'novels', '{}')
    expect((await runNext()).state).toBe('failed')
    expect((await send(projectId, 'novels', '{}')).id).not.toBe(refused.id)
  })
})

describe('reapUploads', () => {
  it('takes the pieces of senders that died, and leaves those that still send', async () => {
    const made = await Promise.all(['dead', 'alive', 'before its first byte', 'between rename and row'].map((fileName) => db().upload.create({ data: { projectId, kind: 'novels', fileName } })))
    const [dead, alive, silent, renamed] = made.map(({ id }) => join(env().home, 'uploads', id))
    await send(projectId, 'novels', record)
    const longAgo = new Date(Date.now() - 3_600_000)
    for (const file of [`${dead}.part`, `${alive}.part`, `${renamed}`]) writeFileSync(file, 'x')
    utimesSync(`${dead}.part`, longAgo, longAgo)
    await db().upload.updateMany({ where: { fileName: { in: ['dead', 'alive', 'between rename and row'] } }, data: { createdAt: longAgo } })
    expect(await reapUploads(10)).toBe(2)
    expect([existsSync(`${dead}.part`), existsSync(`${alive}.part`), existsSync(`${silent}.part`), existsSync(`${renamed}`)]).toEqual([false, true, false, false])
    const states = await db().upload.findMany({ where: { projectId }, orderBy: { fileName: 'asc' }, select: { fileName: true, state: true, errorCode: true } })
    expect(states).toEqual([
      { fileName: 'alive', state: 'receiving', errorCode: null },
      { fileName: 'before its first byte', state: 'receiving', errorCode: null },
      { fileName: 'between rename and row', state: 'refused', errorCode: 'upload.interrupted' },
      { fileName: 'dead', state: 'refused', errorCode: 'upload.interrupted' },
      { fileName: 'train.json', state: 'reading', errorCode: null },
    ])
    expect(await reapUploads(10)).toBe(0)
  })
})

describe('deleteUpload', () => {
  it('takes the file, its novels and its waiting job', async () => {
    const read = await sendNovels(projectId, [{ name: '药', text: '秋天的后半夜。' }])
    const waiting = await send(projectId, 'novels', `${record}\n\n`)
    for (const upload of [read, waiting]) await deleteUpload(upload.id)
    expect(await listUploads(projectId)).toEqual([])
    expect(await db().novel.count({ where: { projectId } })).toBe(0)
    expect(kept()).not.toContain(read.id)
    expect(await claimNext('cpu', 'this test', null)).toBeNull()
  })

  it('is refused while the file is being read', async () => {
    const upload = await send(projectId, 'novels', record)
    await claimNext('cpu', 'this test', null)
    await expect(deleteUpload(upload.id)).rejects.toMatchObject({ code: 'upload.being-read', params: { file: 'train.json' } })
  })
})

beforeAll(() => {
  expect(env().uploadLimit).toBe(limit)
})
