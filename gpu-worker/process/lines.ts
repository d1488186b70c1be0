import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'

const newline = 10
const carriageReturn = 13
/** How often a growing file is looked at, in milliseconds: the most that an event in it can be late. */
const lookEveryMs = 50

/**
 * Cuts bytes into lines, empty ones left out; a carriage return ends a line too. Of a line longer than `maxBytes` only
 * the beginning is kept, so that no child can fill this process's memory.
 */
class LineCutter {
  private parts: Buffer[] = []
  private length = 0

  constructor(
    private readonly maxBytes: number,
    private readonly onLine: (line: string) => void,
  ) {}

  push(bytes: Buffer): void {
    let start = 0
    for (let at = 0; at < bytes.length; at += 1) {
      if (bytes[at] !== newline && bytes[at] !== carriageReturn) continue
      this.keep(bytes.subarray(start, at))
      this.end()
      start = at + 1
    }
    this.keep(bytes.subarray(start))
  }

  end(): void {
    if (this.length > 0) this.onLine(Buffer.concat(this.parts).toString('utf8'))
    this.parts = []
    this.length = 0
  }

  private keep(part: Buffer): void {
    const room = this.maxBytes - this.length
    // A copy: the buffer that was read into is used again.
    if (room > 0) this.parts.push(Buffer.from(part.subarray(0, room)))
    this.length += part.length
  }
}

/** Calls `onLine` for every line of a stream until it ends. */
export async function readLines(stream: Readable, maxBytes: number, onLine: (line: string) => void): Promise<void> {
  const cutter = new LineCutter(maxBytes, onLine)
  try {
    for await (const chunk of stream) cutter.push(Buffer.from(chunk))
  } finally {
    cutter.end()
  }
}

/** Calls `onLine` for every line of a file that grows until its writer has ended; a half line at its end counts as one. */
export async function followLines(file: string, writerEnded: Promise<unknown>, maxBytes: number, onLine: (line: string) => void): Promise<void> {
  const cutter = new LineCutter(maxBytes, onLine)
  const handle = await open(file, 'r')
  const buffer = Buffer.alloc(64 * 1024)
  const ended = new AbortController()
  void writerEnded.finally(() => ended.abort())
  try {
    for (let position = 0; ; ) {
      const isLastLook = ended.signal.aborted
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
      position += bytesRead
      cutter.push(buffer.subarray(0, bytesRead))
      if (bytesRead > 0) continue
      if (isLastLook) break
      // A race against a promise that lasts as long as a training would keep something of every look.
      await pause(lookEveryMs, undefined, { signal: ended.signal }).catch(() => {})
    }
  } finally {
    cutter.end()
    await handle.close()
  }
}
