import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { MolianError } from '@/lib/errors'
import type { Upload } from '@/lib/generated/prisma/client'
import { isDiskFull, openPart, partOf } from '@/lib/stages/uploads/part'

/** The hash of what is on disk so far, carried from piece to piece; another process, or a restarted one, reads the disk instead. */
type Hashed = { hash: Hash; bytes: number }

/** One sender's turn at an upload's part. */
type Turn = { over: AbortController; ended: Promise<void>; end: () => void }

const turns = new Map<string, Turn>()
const hashes = new Map<string, Hashed>()

/** An upload's part, open for one sender at a time in this process; the newest wins. */
export class WritingPart {
  private constructor(
    private readonly upload: Upload,
    private readonly handle: FileHandle,
    private readonly turn: Turn,
    /** Bytes on disk. */
    public size: number,
  ) {}

  /** Ends whoever still writes (a connection that died without a word) and opens the part where it ends on disk. */
  static async takeOver(upload: Upload): Promise<WritingPart> {
    const before = turns.get(upload.id)
    const turn = newTurn()
    turns.set(upload.id, turn)
    before?.over.abort()
    await before?.ended
    try {
      const handle = await openPart(upload.id)
      return new WritingPart(upload, handle, turn, (await handle.stat()).size)
    } catch (error) {
      endTurn(upload.id, turn)
      throw error
    }
  }

  /** Ends whoever writes to an upload that is given up. */
  static end(uploadId: string): void {
    turns.get(uploadId)?.over.abort()
    hashes.delete(uploadId)
  }

  /** Appends what is new of `body`, which begins at `offset`; what is on disk already must be the same. */
  async append(offset: number, body: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
    const { fileName: file, id } = this.upload
    if (offset > this.size) throw new MolianError('upload.offset', { file, offset: this.size })
    const hashed = await this.hashed()
    let at = offset
    try {
      for await (const chunk of untilAborted(body, AbortSignal.any([signal, this.turn.over.signal]))) {
        const known = Math.min(chunk.length, Math.max(0, this.size - at))
        const isSame = at + chunk.length <= Number(this.upload.bytes) && (await this.isOnDisk(chunk.subarray(0, known), at))
        if (!isSame) throw new MolianError('upload.other-file', { file })
        const fresh = chunk.subarray(known)
        await this.handle.appendFile(fresh)
        hashed.hash.update(fresh)
        hashed.bytes += fresh.length
        this.size += fresh.length
        at += chunk.length
      }
    } catch (cause) {
      if (cause instanceof MolianError || isDiskFull(cause)) throw cause
      throw new MolianError('upload.interrupted', { file }, { cause })
    } finally {
      hashes.set(id, hashed)
    }
  }

  /** The SHA-256 of the whole, which is then safely on disk. */
  async finish(): Promise<string> {
    const { hash } = await this.hashed()
    await this.handle.sync()
    hashes.delete(this.upload.id)
    return hash.digest('hex')
  }

  async close(): Promise<void> {
    await this.handle.close()
    endTurn(this.upload.id, this.turn)
  }

  private async isOnDisk(chunk: Uint8Array, at: number): Promise<boolean> {
    if (chunk.length === 0) return true
    const there = Buffer.alloc(chunk.length)
    await this.handle.read(there, 0, there.length, at)
    return there.equals(chunk)
  }

  private async hashed(): Promise<Hashed> {
    const carried = hashes.get(this.upload.id)
    if (carried?.bytes === this.size) return carried
    const fresh: Hashed = { hash: createHash('sha256'), bytes: this.size }
    if (this.size === 0) return fresh
    const onDisk: AsyncIterable<Buffer> = createReadStream(partOf(this.upload.id), { highWaterMark: 1 << 20, end: this.size - 1 })
    for await (const chunk of onDisk) fresh.hash.update(chunk)
    return fresh
  }
}

function newTurn(): Turn {
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { over: new AbortController(), ended, end }
}

function endTurn(uploadId: string, turn: Turn): void {
  if (turns.get(uploadId) === turn) turns.delete(uploadId)
  turn.end()
}

/** A body that ends with an error as soon as `signal` says so, even while it waits for bytes that never come. */
async function* untilAborted(body: AsyncIterable<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]()
  let interrupt: (reason: unknown) => void = () => {}
  const onAbort = () => interrupt(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    for (;;) {
      signal.throwIfAborted()
      // A promise of its own for each piece: a race against one that outlives them would hold every piece until the last.
      const next = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
        interrupt = reject
        iterator.next().then(resolve, reject)
      })
      if (next.done) return
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    // Not awaited: an iterator that waits for bytes answers only when they come.
    iterator.return?.().catch(() => {})
  }
}
