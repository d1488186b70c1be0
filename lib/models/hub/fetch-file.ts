import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { MolianError } from '@/lib/errors'
import type { HubDoor } from '@/lib/models/hub/access'
import type { ListedFile } from '@/lib/models/hub/listing'
import { askHub, HubInterrupted, interrupted } from '@/lib/models/hub/request'

/** How much of a file is in `directory`, whole or not, in bytes. */
export async function fetchedBytes(directory: string, file: ListedFile): Promise<number> {
  const whole = await sizeOf(path.join(directory, file.path))
  return whole > 0 ? whole : sizeOf(path.join(directory, `${file.path}.part`))
}

export type Fetching = { door: HubDoor; url: string; file: ListedFile; directory: string; signal: AbortSignal; onBytes(bytes: number): void; retryMs?: number }

/** How often a broken line is taken up again without a byte having come. */
const mostTries = 6

/**
 * Brings a file into `directory`, from where an earlier attempt left it, and proves its bytes by the hash that the hub gave.
 * `onBytes` hears how much more than before (or, begun anew, less) is here. Throws hub.other-bytes, hub.no-space, and what askHub throws.
 */
export async function fetchFile(fetching: Fetching): Promise<void> {
  const { directory, signal, onBytes } = fetching
  let { file } = fetching
  const whole = path.join(directory, file.path)
  if ((await stat(whole).catch(() => null))?.size === file.bytes) return
  const part = `${whole}.part`
  let here = await sizeOf(part)
  for (let tries = 1; ; ) {
    const before = here
    try {
      const got = await append(fetching, part, here)
      here = got.bytes
      file = withTag(file, got.etag)
      break
    } catch (error) {
      if (!(error instanceof HubInterrupted)) throw fullDiskOr(error, file)
      here = await sizeOf(part)
      tries = here > before ? 1 : tries + 1
      if (tries > mostTries) throw error.error
      await pause((fetching.retryMs ?? 1_000) * 2 ** (tries - 1), undefined, { signal })
    }
  }
  const expected = file.sha256 ?? file.gitId
  const found = expected === null ? null : await hashed(part, file, signal)
  if (found !== expected) {
    await rm(part, { force: true })
    onBytes(-here)
    throw new MolianError('hub.other-bytes', { file: file.path, expected: expected ?? '–', found: found ?? '–' })
  }
  await rename(part, whole)
}

/** Appends what is missing; returns how much there is then, which is all of it, and what the server calls those bytes. */
async function append({ door, url, file, signal, onBytes }: Fetching, part: string, from: number): Promise<{ bytes: number; etag: string | null }> {
  if (from === file.bytes && from > 0) return { bytes: from, etag: null }
  const start = from > file.bytes ? 0 : from
  const { response, etag, touch, close } = await askHub(door, url, file.path, signal, start > 0 ? { range: `bytes=${start}-` } : {})
  const isContinued = response.status === 206 && new RegExp(`^bytes ${start}-`).test(response.headers.get('content-range') ?? '')
  // A server that takes no ranges sends it all again.
  let at = isContinued ? start : 0
  onBytes(at - from)
  const handle = await open(part, isContinued ? 'a' : 'w')
  try {
    for await (const piece of response.body ?? []) {
      touch()
      if (at + piece.length > file.bytes) throw new MolianError('hub.other-bytes', { file: file.path, expected: file.bytes, found: at + piece.length })
      await handle.writeFile(piece)
      at += piece.length
      onBytes(piece.length)
    }
    await handle.sync()
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof MolianError || isOfDisk(error) ? error : interrupted(door, error)
  } finally {
    close()
    await handle.close()
  }
  if (at < file.bytes) throw interrupted(door, new Error(`cut off at ${at} of ${file.bytes}`))
  return { bytes: at, etag }
}

/** A file for which the listing has no hash is proved by the one that comes with its bytes. */
function withTag(file: ListedFile, etag: string | null): ListedFile {
  if (file.sha256 !== null || file.gitId !== null || etag === null) return file
  return etag.length === 64 ? { ...file, sha256: etag } : { ...file, gitId: etag }
}

/** By the one that is known of the file: SHA-256, or SHA-1 as git has it. */
async function hashed(part: string, file: ListedFile, signal: AbortSignal): Promise<string> {
  const hash = file.sha256 === null ? createHash('sha1').update(`blob ${file.bytes}\0`) : createHash('sha256')
  const stream: AsyncIterable<Buffer> = createReadStream(part, { highWaterMark: 1 << 20 })
  for await (const piece of stream) {
    signal.throwIfAborted()
    hash.update(piece)
  }
  return hash.digest('hex')
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0
}

function isOfDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS'].includes(String(error.code))
}

function fullDiskOr(error: unknown, file: ListedFile): unknown {
  const isFull = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
  return isFull ? new MolianError('hub.no-space', { what: file.path, needs: (file.bytes / 1e9).toFixed(1), free: 0 }, { cause: error }) : error
}
