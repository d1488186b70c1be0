import { open } from 'node:fs/promises'

/** The last lines of something long, for a message that says what went wrong. */
export class Tail {
  private readonly lines: string[] = []

  constructor(private readonly most: number) {}

  add(line: string): void {
    this.lines.push(line)
    if (this.lines.length > this.most) this.lines.shift()
  }

  last(): string | undefined {
    return this.lines.at(-1)
  }

  text(): string {
    return this.lines.join('\n')
  }
}

const mostBytes = 64 * 1024

/** The last lines of a log file, of what was written from byte `start` on. */
export async function lastLines(file: string, start: number, most: number): Promise<string[]> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const from = Math.max(start, size - mostBytes)
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size - from), position: from })
    return buffer.subarray(0, bytesRead).toString('utf8').split(/[\r\n]+/).filter((line) => line.trim() !== '').slice(-most)
  } finally {
    await handle.close()
  }
}
