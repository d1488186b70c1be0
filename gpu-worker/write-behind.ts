/** Takes items as they come and writes them at once; what comes while a write is under way goes into the next one. */
export type WriteBehind<T> = {
  add(item: T): void
  /** Resolves when everything added is written; rejects with the first failed write. */
  drained(): Promise<void>
}

/**
 * The first item is written immediately, so that a kill loses only what is in a single transaction; under load
 * the batches grow by themselves. After a failed write nothing more is written and `onFailure` is told once.
 */
export function writeBehind<T>(write: (batch: T[]) => Promise<void>, onFailure: (error: unknown) => void): WriteBehind<T> {
  let waiting: T[] = []
  let running: Promise<void> | undefined
  let failure: { error: unknown } | undefined

  async function run(): Promise<void> {
    while (waiting.length > 0 && !failure) {
      const batch = waiting
      waiting = []
      try {
        await write(batch)
      } catch (error) {
        failure = { error }
        onFailure(error)
      }
    }
    running = undefined
  }

  return {
    add(item) {
      waiting.push(item)
      if (!failure) running ??= run()
    },
    async drained() {
      while (running) await running
      if (failure) throw failure.error
    },
  }
}
