import { createHash } from 'node:crypto'
import { mkdir, open, rm } from 'node:fs/promises'
import path from 'node:path'
import { MolianError } from '@/lib/errors'
import { diskFullOr } from '@/lib/stages/uploads/part'
import { requireSize } from '@/lib/stages/uploads/receiving'

/**
 * Writes a file that comes in one piece as it comes, whole and on the disk or not at all; `name` is what people know it by.
 * Throws upload.empty, upload.too-large, upload.disk-full, upload.interrupted.
 */
export async function keepFile(file: string, name: string, body: AsyncIterable<Uint8Array>): Promise<{ bytes: number; sha256: string }> {
  await mkdir(path.dirname(file), { recursive: true })
  const hash = createHash('sha256')
  const handle = await open(file, 'wx')
  let bytes = 0
  let isWhole = false
  try {
    for await (const chunk of body) {
      bytes += chunk.length
      requireSize(name, bytes)
      hash.update(chunk)
      await handle.writeFile(chunk)
    }
    if (bytes === 0) throw new MolianError('upload.empty', { file: name })
    await handle.sync()
    isWhole = true
  } catch (error) {
    const known = diskFullOr(error, name)
    throw known instanceof MolianError ? known : new MolianError('upload.interrupted', { file: name }, { cause: error })
  } finally {
    await handle.close()
    if (!isWhole) await rm(file, { force: true })
  }
  return { bytes, sha256: hash.digest('hex') }
}
