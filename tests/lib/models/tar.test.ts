import { execFileSync } from 'node:child_process'
import { createWriteStream, mkdirSync, readFileSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, it } from 'vitest'
import { tarEntries, tarFile, type TarFile, tarLength, tarStream } from '@/lib/models/tar'
import { temporaryDirectory } from '@/tests/support/temporary-directory'

const at = new Date('2026-11-22T08:00:00Z')
const written = async (files: readonly TarFile[], archive: string) => {
  await pipeline(Readable.from(tarStream(files, at)), createWriteStream(archive))
  return archive
}

it('is unpacked by the system’s own tar, byte for byte, and is as long as was said', async () => {
  const folder = temporaryDirectory()
  writeFileSync(join(folder, 'weights'), Buffer.alloc(3 * 1024 * 1024 + 7, 5))
  const files = [await tarFile('模型/weights', join(folder, 'weights')), { name: '模型/README.md', source: { content: Buffer.from('# 模型\n') } }, { name: '模型/empty', source: { content: Buffer.alloc(0) } }]
  const archive = await written(files, join(folder, 'a.tar'))
  expect(statSync(archive).size).toBe(tarLength(files))
  mkdirSync(join(folder, 'out'))
  execFileSync('tar', ['-xf', archive, '-C', join(folder, 'out')])
  expect(readFileSync(join(folder, 'out', '模型', 'weights')).equals(readFileSync(join(folder, 'weights')))).toBe(true)
  expect(readFileSync(join(folder, 'out', '模型', 'README.md'), 'utf8')).toBe('# 模型\n')
  expect(statSync(join(folder, 'out', '模型', 'weights')).mtime).toEqual(at)
  expect((await tarEntries(archive, 'a.tar')).map(({ name, bytes }) => [name, bytes])).toEqual([['模型/weights', 3 * 1024 * 1024 + 7], ['模型/README.md', 9], ['模型/empty', 0]])
})

it('holds files of more than eight gigabytes', async () => {
  const folder = temporaryDirectory()
  const bytes = 9 * 1024 ** 3
  const big = { name: 'big', source: { path: join(folder, 'big'), bytes } }
  const header = await tarStream([big], at).next()
  if (header.done) throw new Error('nothing came')
  const archive = join(folder, 'big.tar')
  writeFileSync(archive, header.value)
  // Sparse: the size is there, the bytes are not.
  truncateSync(archive, tarLength([big]))
  expect(await tarEntries(archive, 'big.tar')).toEqual([{ name: 'big', start: 512, bytes }])
  expect(execFileSync('tar', ['-tvf', archive], { encoding: 'utf8' })).toContain(String(bytes))
})

it('ends with an error where a file has become shorter meanwhile', async () => {
  const folder = temporaryDirectory()
  writeFileSync(join(folder, 'a'), 'abc')
  const files = [{ name: 'a', source: { path: join(folder, 'a'), bytes: 4 } }]
  await expect(written(files, join(folder, 'a.tar'))).rejects.toThrow('shorter')
})

it('reads what other programs wrote, passes links over and refuses what is broken', async () => {
  const folder = temporaryDirectory()
  mkdirSync(join(folder, 'in'))
  writeFileSync(join(folder, 'in', 'file'), 'text')
  symlinkSync('/etc/hostname', join(folder, 'in', 'link'))
  for (const format of ['ustar', 'gnu', 'pax']) {
    const archive = join(folder, `${format}.tar`)
    execFileSync('tar', [`--format=${format}`, '-cf', archive, '-C', folder, 'in'])
    expect((await tarEntries(archive, 'x')).map(({ name }) => name)).toEqual(['in/file'])
    truncateSync(archive, 1024)
    await expect(tarEntries(archive, 'x.tar')).rejects.toMatchObject({ code: 'upload.archive-broken', params: { file: 'x.tar' } })
  }
  for (const content of ['', 'no archive at all'.repeat(100), Buffer.alloc(2048)]) {
    writeFileSync(join(folder, 'x'), content)
    await expect(tarEntries(join(folder, 'x'), 'x.tar')).rejects.toMatchObject({ code: 'upload.archive-broken' })
  }
})
