import type { Readable } from 'node:stream'

const newline = 10
const carriageReturn = 13

/**
 * Calls `onLine` for every line of a stream, empty ones left out; a carriage return ends a line too. Of a line longer
 * than `maxBytes` only the beginning is kept, so that no child can fill this process's memory.
 */
export async function readLines(stream: Readable, maxBytes: number, onLine: (line: string) => void): Promise<void> {
  let parts: Buffer[] = []
  let length = 0

  function keep(part: Buffer): void {
    const room = maxBytes - length
    if (room > 0) parts.push(part.subarray(0, room))
    length += part.length
  }

  function end(): void {
    if (length > 0) onLine(Buffer.concat(parts).toString('utf8'))
    parts = []
    length = 0
  }

  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk)
      let start = 0
      for (let at = 0; at < bytes.length; at += 1) {
        if (bytes[at] !== newline && bytes[at] !== carriageReturn) continue
        keep(bytes.subarray(start, at))
        end()
        start = at + 1
      }
      keep(bytes.subarray(start))
    }
  } finally {
    end()
  }
}
