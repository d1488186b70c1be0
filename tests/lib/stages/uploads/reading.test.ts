import { encode } from 'iconv-lite'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { requestStop } from '@/lib/queue/lease'
import { candidatesOf, readAgain } from '@/lib/stages/uploads/reading'
import { novelsDecidedOn } from '@/lib/stages/uploads/uses'
import { decideNovel } from '@/lib/stages/novels/novels'
import { findUploadFile, listUploadFiles, readUploadRow } from '@/lib/stages/uploads/uploads'
import { expectInvariants } from '@/tests/support/invariants'
import { makeProject, readJob } from '@/tests/support/jobs'
import { modernProse, send } from '@/tests/support/project-files'
import { runNext, runNextWell } from '@/tests/support/run-next'
import { startSet } from '@/tests/support/stage-runs'
import { useStudio } from '@/tests/support/studio'
import { zipArchive } from '@/tests/support/zip-archive'

useStudio()
let projectId: string
beforeEach(async () => {
  await db().job.deleteMany()
  projectId = await makeProject()
})

const text = `第一章 路\n\n${modernProse(300)}`
const texts = async () => (await db().chapter.findMany({ where: { novel: { projectId } }, orderBy: { id: 'asc' } })).map((chapter) => chapter.text)

describe('an upload read again', () => {
  it('is read in the encoding that a person says, by a new job, and back', async () => {
    const upload = await send(projectId, 'novels', encode(text, 'gb18030'), '路.txt')
    await runNextWell()
    const [right] = await texts()
    await readAgain(upload.id, 'big5', 0)
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'reading', job: { state: 'queued' } })
    await runNext()
    expect(await findUploadFile(upload.id, 0)).toMatchObject({ encoding: 'big5', chosenEncoding: 'big5' })
    expect(await texts()).not.toEqual([right])

    await readAgain(upload.id, null, 0)
    const row = await readUploadRow(upload.id)
    expect(row?.jobId).not.toBe(upload.jobId)
    await runNextWell()
    expect(await findUploadFile(upload.id, 0)).toMatchObject({ encoding: 'gb18030', chosenEncoding: null })
    expect(await texts()).toEqual([right])
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'ready', accepted: 1, errorCode: null })
    expect((await readJob(row?.jobId ?? '')).state).toBe('succeeded')
    await expectInvariants(env().databaseUrl)
  })

  it('of an archive is read file by file as a person says, or all of them so', async () => {
    const content = zipArchive([{ name: '.hidden' }, { name: 'a.txt', data: encode(text, 'gb18030') }, { name: 'b.txt', data: encode(text, 'gb18030') }])
    const upload = await send(projectId, 'novels', content, 'a.zip')
    await runNextWell()
    const encodings = async () => (await listUploadFiles(upload.id)).map(({ encoding, chosenEncoding }) => [encoding, chosenEncoding])
    await readAgain(upload.id, 'utf-16le', 2)
    await runNextWell()
    expect(await encodings()).toEqual([[null, null], ['gb18030', null], ['utf-16le', 'utf-16le']])
    await readAgain(upload.id, 'gb18030')
    await runNextWell()
    expect(await encodings()).toEqual([[null, null], ['gb18030', 'gb18030'], ['gb18030', 'gb18030']])
    expect(new Set(await texts()).size).toBe(1)
  })

  it('can be one whose encoding could not be told', async () => {
    const upload = await send(projectId, 'novels', Buffer.from(Array.from({ length: 400 }, (_, index) => 0xf8 + (index % 8))), '谜.txt')
    expect(await runNext()).toMatchObject({ state: 'failed', errorCode: 'upload.encoding-unknown' })
    await readAgain(upload.id, 'utf-16le', 0)
    await runNextWell()
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'ready', encoding: 'utf-16le', errorCode: null })
  })

  it('is refused while it is read or waits, not after a cancel, and once passages name it', async () => {
    const upload = await send(projectId, 'novels', text, '路.txt')
    await expect(readAgain(upload.id, 'gb18030', 0)).rejects.toMatchObject({ code: 'upload.being-read', params: { file: '路.txt' } })
    await runNextWell()
    await readAgain(upload.id, 'utf-8', 0)
    await expect(readAgain(upload.id, 'utf-8', 0)).rejects.toMatchObject({ code: 'upload.being-read' })
    await requestStop((await readUploadRow(upload.id))?.jobId ?? '', 'cancel')
    await readAgain(upload.id, 'utf-8', 0)
    await runNextWell()
    await startSet(projectId)
    await runNextWell()
    await expect(readAgain(upload.id, 'gb18030', 0)).rejects.toMatchObject({ code: 'upload.used-by-passages', params: { file: '路.txt', sets: '1' } })
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'ready', encoding: 'utf-8' })
  })

  it('is not asked for a file that is not there', async () => {
    const upload = await send(projectId, 'novels', text, '路.txt')
    await runNextWell()
    await expect(readAgain(upload.id, 'gb18030', 7)).rejects.toMatchObject({ code: 'run.missing' })
    expect(await readUploadRow(upload.id)).toMatchObject({ state: 'ready', jobId: upload.jobId })
  })
})

describe('novelsDecidedOn', () => {
  it('counts what reading again would lose', async () => {
    const upload = await send(projectId, 'novels', text, '路.txt')
    await runNextWell()
    expect(await novelsDecidedOn(upload.id)).toBe(0)
    const novel = await db().novel.findFirstOrThrow({ where: { projectId } })
    await decideNovel(projectId, novel.id, { taking: 'left_out' })
    expect(await novelsDecidedOn(upload.id)).toBe(1)
  })
})

describe('candidatesOf', () => {
  it('shows how each file of an upload reads, straight from where it lies', async () => {
    const upload = await send(projectId, 'novels', zipArchive([{ name: 'a.txt', data: text }, { name: 'b.txt', data: encode(text, 'gb18030') }, { name: 'c.txt', data: text, claims: { crc: 1 } }, { name: 'd.txt', flags: 1 }]), 'a.zip')
    expect((await candidatesOf(upload, { ordinal: 0 }))?.[0]).toMatchObject({ encoding: 'utf-8', excerpt: expect.stringContaining('第一章 路') })
    expect((await candidatesOf(upload, { ordinal: 1 }))?.[0]).toMatchObject({ encoding: 'gb18030', excerpt: expect.stringContaining('第一章 路') })
    expect(await candidatesOf(upload, { ordinal: 3 })).toBeNull()
    expect(await candidatesOf(upload, { ordinal: 9 })).toBeNull()
    const broken = await send(projectId, 'novels', zipArchive([{ name: 'a.txt', data: text }]).subarray(0, 50), 'b.zip')
    expect(await candidatesOf(broken, { ordinal: 0 })).toBeNull()
  })
})
