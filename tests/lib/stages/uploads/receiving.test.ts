import { createHash } from 'node:crypto'
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { db } from '@/lib/db'
import { env } from '@/lib/env'
import { END_BYTES, shownBytes } from '@/lib/stages/uploads/fingerprint'
import { appendUpload, beginUpload, discardUpload, receivedOf } from '@/lib/stages/uploads/receiving'
import { listUploads, readUploadRow, reapUploads } from '@/lib/stages/uploads/uploads'
import { makeProject } from '@/tests/support/jobs'
import { bytesOf, jsonLines, sampleNovels } from '@/tests/support/project-files'
import { runNextWell } from '@/tests/support/run-next'
import { useStudio } from '@/tests/support/studio'

useStudio()
let projectId: string
beforeEach(async () => {
  await db().upload.deleteMany()
  await db().job.deleteMany()
  projectId = await makeProject()
})

// Larger than what a file shows of itself, so that there is a middle that nobody has seen.
const whole = Buffer.from(jsonLines([...sampleNovels, ...sampleNovels]))
const calm = new AbortController().signal
const endsOf = (file: Buffer) => Buffer.concat([file.subarray(0, END_BYTES), file.subarray(Math.max(END_BYTES, file.length - END_BYTES))])
const begin = (file = whole, name = 'train.json') => beginUpload(projectId, 'novels', { name, bytes: file.length, ends: endsOf(file) })
const append = (id: string, from: number, to = whole.length, file = whole) => appendUpload(id, from, bytesOf(file.subarray(from, to)), calm)
const partOf = (id: string) => join(env().home, 'uploads', `${id}.part`)

/** A body that never ends by itself, like a connection that died without a word. */
async function* silent(first: Uint8Array): AsyncGenerator<Uint8Array> {
  yield first
  await new Promise(() => {})
}

describe('an upload', () => {
  it('comes in pieces of any size, whole and hashed once', async () => {
    expect(whole.length).toBeGreaterThan(shownBytes(whole.length))
    const { id, offset } = await begin()
    expect(offset).toBe(0)
    let at = 0
    for (const size of [1, 7, 65_536, 1000, whole.length]) {
      const received = await append(id, at, Math.min(whole.length, at + size))
      at = received.offset
      expect(await receivedOf(id)).toEqual(received)
    }
    expect(await readUploadRow(id)).toMatchObject({ state: 'reading', bytes: BigInt(whole.length), sha256: createHash('sha256').update(whole).digest('hex') })
    expect(readFileSync(join(env().home, 'uploads', id)).equals(whole)).toBe(true)
    expect(existsSync(partOf(id))).toBe(false)
    await runNextWell()
    expect(await readUploadRow(id)).toMatchObject({ state: 'ready', accepted: 6 })
  })

  it('goes on from what is really on disk when the same file is offered again, under whatever name', async () => {
    const { id } = await begin()
    await append(id, 0, 100_000)
    // What a killed server had not yet written is not there.
    truncateSync(partOf(id), 80_000)
    expect(await begin(whole, 'renamed.json')).toEqual({ id, state: 'receiving', offset: 80_000, bytes: whole.length })
    await expect(append(id, 100_000)).rejects.toMatchObject({ code: 'upload.offset', params: { offset: 80_000 } })
    expect(await append(id, 80_000)).toMatchObject({ id, state: 'reading' })
    expect((await readUploadRow(id))?.sha256).toBe(createHash('sha256').update(whole).digest('hex'))
    expect(await listUploads(projectId)).toHaveLength(1)
  })

  it('compares what is sent twice instead of writing it twice', async () => {
    const { id } = await begin()
    await append(id, 0, 100_000)
    expect(await append(id, 60_000, 120_000)).toMatchObject({ offset: 120_000 })
    expect(await append(id, 0, 50_000)).toMatchObject({ offset: 120_000 })
    expect(await append(id, 120_000)).toMatchObject({ state: 'reading' })
    expect(readFileSync(join(env().home, 'uploads', id)).equals(whole)).toBe(true)
  })

  it.each<[string, (file: Buffer) => void]>([
    ['beginning', (file) => file.write('X', 3)],
    ['end', (file) => file.write('X', file.length - 3)],
  ])('of another %s is another upload', async (_, change) => {
    const { id } = await begin()
    await append(id, 0, 1000)
    const other = Buffer.from(whole)
    change(other)
    expect(await begin(other)).toMatchObject({ offset: 0 })
    expect((await begin(other)).id).not.toBe(id)
    const shorter = whole.subarray(0, -1)
    expect((await begin(shorter)).id).not.toBe(id)
    expect((await beginUpload(projectId, 'test', { name: 'a', bytes: whole.length, ends: endsOf(whole) })).id).not.toBe(id)
    projectId = await makeProject()
    expect((await begin()).id).not.toBe(id)
  })

  it('never takes a stranger’s bytes: not where they overlap, not beyond its size, not at its end', async () => {
    const other = Buffer.from(whole)
    other.write('X', 70_000)
    const { id } = await begin()
    await append(id, 0, 80_000)
    await expect(append(id, 60_000, 90_000, other)).rejects.toMatchObject({ code: 'upload.other-file', params: { file: 'train.json' } })
    await expect(appendUpload(id, 80_000, bytesOf(Buffer.alloc(whole.length)), calm)).rejects.toMatchObject({ code: 'upload.other-file' })
    // Somebody who promised this file's ends, and sends another's.
    const { id: lying } = await beginUpload(projectId, 'test', { name: 'a', bytes: whole.length, ends: endsOf(whole) })
    await expect(appendUpload(lying, 0, bytesOf(Buffer.alloc(whole.length, 'x')), calm)).rejects.toMatchObject({ code: 'upload.other-file' })
    await expect(receivedOf(lying)).rejects.toMatchObject({ code: 'run.missing' })
    expect(existsSync(partOf(lying))).toBe(false)
  })

  it('is taken over by a sender that comes again, from one that died without a word', async () => {
    const { id } = await begin()
    const dead = appendUpload(id, 0, silent(whole.subarray(0, 50_000)), calm).catch((error: unknown) => error)
    await expect.poll(async () => (await receivedOf(id)).offset).toBe(50_000)
    expect(await append(id, 50_000)).toMatchObject({ state: 'reading' })
    expect(await dead).toMatchObject({ code: 'upload.interrupted' })
    expect((await readUploadRow(id))?.sha256).toBe(createHash('sha256').update(whole).digest('hex'))
  })

  it('whose last answer was lost is whole all the same', async () => {
    const { id } = await begin()
    const ends = await Promise.allSettled([append(id, 0), append(id, 0)])
    // Whichever was taken over from, the other one brought it to its end.
    expect(ends).toContainEqual({ status: 'fulfilled', value: expect.objectContaining({ id, state: 'reading' }) })
    expect(await append(id, whole.length - 10)).toMatchObject({ id, state: 'reading', offset: whole.length })
    expect(await listUploads(projectId)).toHaveLength(1)
    expect(existsSync(partOf(id))).toBe(false)
  })

  it('that came whole before the server was killed is finished by an empty piece', async () => {
    const { id } = await begin()
    await append(id, 0, whole.length - 1)
    writeFileSync(partOf(id), whole)
    expect(await begin()).toMatchObject({ id, offset: whole.length })
    expect(await append(id, whole.length)).toMatchObject({ state: 'reading' })
    expect((await readUploadRow(id))?.sha256).toBe(createHash('sha256').update(whole).digest('hex'))
  })

  it('of bytes that are known leads to the upload that was first', async () => {
    const { id } = await begin()
    await append(id, 0)
    const again = await begin()
    expect(again.id).not.toBe(id)
    expect(await append(again.id, 0)).toMatchObject({ id, state: 'reading' })
    expect(await listUploads(projectId)).toHaveLength(1)
    expect(existsSync(join(env().home, 'uploads', again.id))).toBe(false)
  })

  it('of the smallest and of the sizes at which its ends meet comes whole', async () => {
    for (const size of [1, END_BYTES, END_BYTES + 1, 2 * END_BYTES, 2 * END_BYTES + 1]) {
      const file = Buffer.alloc(size, `${size} `)
      const { id } = await begin(file)
      expect(await append(id, 0, size, file)).toMatchObject({ id, state: 'reading', bytes: size })
    }
  })

  it('shows how much of it is here, is given up without a trace, and is reaped after a day', async () => {
    const { id } = await begin()
    expect(await readUploadRow(id)).toMatchObject({ state: 'receiving', received: null })
    await append(id, 0, 1000)
    expect(await readUploadRow(id)).toMatchObject({ state: 'receiving', received: { bytes: 1000 } })
    expect(await reapUploads(1)).toBe(0)
    await discardUpload(id)
    expect([await readUploadRow(id), existsSync(partOf(id))]).toEqual([null, false])

    const { id: left } = await begin()
    await append(left, 0, 1000)
    expect(await reapUploads(-1)).toBe(1)
    expect(await readUploadRow(left)).toMatchObject({ state: 'refused', errorCode: 'upload.interrupted' })
    expect(existsSync(partOf(left))).toBe(false)
    expect((await begin()).id).not.toBe(left)
  })

  it('that was reaped takes no more bytes', async () => {
    const { id } = await begin()
    await append(id, 0, 1000)
    await reapUploads(-1)
    expect(await append(id, 1000)).toMatchObject({ state: 'refused' })
    expect(existsSync(partOf(id))).toBe(false)
  })
})
