import { readRecords, recordLimits, type RecordLimits, type RecordOutcome } from '@/lib/text/records'

/** Bytes as a stream in pieces of `size`. */
export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size))
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** What a file with this content gives, read in pieces of `size` bytes. */
export async function readAll(content: string | Uint8Array, size = 1 << 20, limits: Partial<RecordLimits> = {}): Promise<RecordOutcome[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return collect(readRecords(inPieces(bytes, size), 'novels.json', { ...recordLimits, ...limits }))
}

/** An outcome in one short line: `2 ok`, `3 record.nul`. */
export function brief(outcome: RecordOutcome): string {
  return `${outcome.line} ${outcome.ok ? 'ok' : outcome.code}`
}
