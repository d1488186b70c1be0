/**
 * Runs `work` over all items with at most `concurrency` at once. The first error stops taking new items,
 * lets those in flight end, and is thrown then; an abort likewise.
 */
export async function askMany<T>(items: Iterable<T>, concurrency: number, signal: AbortSignal, work: (item: T) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]()
  let failure: { error: unknown } | undefined

  async function lane(): Promise<void> {
    while (!failure && !signal.aborted) {
      const next = iterator.next()
      if (next.done) return
      try {
        await work(next.value)
      } catch (error) {
        failure ??= { error }
      }
    }
  }

  await Promise.all(Array.from({ length: concurrency }, lane))
  signal.throwIfAborted()
  if (failure) throw failure.error
}
