import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

/** Bytes of a file's beginning, and as many of its end, that a sender shows first and is recognised by. */
export const END_BYTES = 64 * 1024

/** How many bytes a file of this size shows: its beginning, and of its end what is not among them. */
export function shownBytes(bytes: number): number {
  return Math.min(bytes, 2 * END_BYTES)
}

/** SHA-256 of a file's size, beginning and end. */
export function fingerprintOf(bytes: number, ends: Uint8Array): string {
  return createHash('sha256').update(`${bytes}:`).update(ends).digest('hex')
}

/** The fingerprint of a file that is on disk. */
export async function fingerprintOnDisk(file: string, bytes: number): Promise<string> {
  const handle = await open(file, 'r')
  try {
    const ends = Buffer.alloc(shownBytes(bytes))
    const first = Math.min(bytes, END_BYTES)
    await handle.read(ends, 0, first, 0)
    if (ends.length > first) await handle.read(ends, first, ends.length - first, bytes - (ends.length - first))
    return fingerprintOf(bytes, ends)
  } finally {
    await handle.close()
  }
}
