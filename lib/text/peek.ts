/** A stream's first bytes, at least `size` of them where it has so many, and the whole stream, those included. */
export type Peeked = { sample: Buffer; /** Whether the sample is all there is. */ isWhole: boolean; all: AsyncGenerator<Buffer> }

/** Looks at the beginning of a stream; `all` is to be read or returned, which closes `chunks`. */
export async function peek(chunks: AsyncGenerator<Buffer>, size: number): Promise<Peeked> {
  const held: Buffer[] = []
  let bytes = 0
  let isWhole = false
  while (bytes < size && !isWhole) {
    const next = await chunks.next()
    if (next.done) isWhole = true
    else {
      held.push(next.value)
      bytes += next.value.length
    }
  }
  async function* all(): AsyncGenerator<Buffer> {
    try {
      for (let piece = held.shift(); piece; piece = held.shift()) yield piece
      yield* chunks
    } finally {
      await chunks.return(undefined)
    }
  }
  return { sample: Buffer.concat(held, bytes), isWhole, all: all() }
}
