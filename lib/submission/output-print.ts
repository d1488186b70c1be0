import { createHash } from 'node:crypto'

/** What an output is known by among the submissions of one test file: the first 32 bits of its MD5, never 0, which stands for none. */
export function outputPrint(text: string): number {
  return createHash('md5').update(text).digest().readInt32BE(0) || 1
}
