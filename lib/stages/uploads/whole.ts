import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { artifactPath, inHome } from '@/lib/artifacts'
import { db } from '@/lib/db'
import { MolianError } from '@/lib/errors'
import type { Upload, UploadKind } from '@/lib/generated/prisma/client'
import { diskFullOr, keepWhole, partOf } from '@/lib/stages/uploads/part'
import { queueReading } from '@/lib/stages/uploads/reading'
import { requireSize } from '@/lib/stages/uploads/receiving'
import { displayName } from '@/lib/stages/uploads/uploads'

/**
 * Takes a file whole from a stream of this machine, hashing it on its way to the home, then queues its reading. The same
 * bytes for the same purpose are recognised and read only once. `declaredBytes` is what the sender promised, when it did.
 * Throws upload.too-large, upload.incomplete, upload.interrupted, upload.disk-full; nothing of a broken one stays.
 */
export async function receiveUpload(
  projectId: string,
  kind: UploadKind,
  fileName: string,
  body: AsyncIterable<Uint8Array>,
  options: { declaredBytes?: number; signal?: AbortSignal } = {},
): Promise<Upload> {
  const name = displayName(fileName)
  requireSize(name, options.declaredBytes ?? 0)
  const upload = await db().upload.create({ data: { projectId, kind, fileName: name } })
  const part = partOf(upload.id)
  await mkdir(path.dirname(part), { recursive: true })
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      hash.update(chunk)
      try {
        requireSize(name, bytes)
        done(null, chunk)
      } catch (error) {
        done(error instanceof Error ? error : null)
      }
    },
  })
  try {
    await pipeline(body, measure, createWriteStream(part, { flush: true }), { signal: options.signal })
    if (options.declaredBytes !== undefined && bytes !== options.declaredBytes) {
      throw new MolianError('upload.incomplete', { file: name, received: bytes, declared: options.declaredBytes })
    }
    await keepWhole(upload.id)
    return await queueReading(upload, { sha256: hash.digest('hex'), bytes })
  } catch (error) {
    for (const file of [part, inHome(artifactPath.upload(upload.id))]) await rm(file, { force: true })
    await db().upload.deleteMany({ where: { id: upload.id, jobId: null } })
    const known = diskFullOr(error, name)
    throw known === error && options.signal?.aborted ? new MolianError('upload.interrupted', { file: name }, { cause: error }) : known
  }
}
