/** How many items may be worked on at once: a number that may change while the work goes on. */
export class Width {
  private readonly listeners = new Set<() => void>()

  constructor(private value: number) {}

  now(): number {
    return this.value
  }

  set(value: number): void {
    this.value = value
    for (const listener of this.listeners) listener()
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}

export type Stops = {
  /** Ends everything, also what is in flight. */
  signal: AbortSignal
  /** Takes nothing more, and lets what is in flight end. */
  pausing?: AbortSignal
}

/**
 * Runs `work` over all items with at most `width` at once. The first error stops taking new items, lets those in flight
 * end, and is thrown then; an abort likewise. A pause ends it without an error. Says whether everything was done.
 */
export async function askMany<T>(items: Iterable<T> | AsyncIterable<T>, width: number | Width, { signal, pausing }: Stops, work: (item: T) => Promise<void>): Promise<boolean> {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]()
  const wide = typeof width === 'number' ? new Width(width) : width
  let failure: { error: unknown } | undefined
  let isExhausted = false
  let lanes = 0
  let wake = () => {}

  const goesOn = () => !failure && !isExhausted && !signal.aborted && !pausing?.aborted

  async function lane(): Promise<void> {
    while (goesOn() && lanes <= wide.now()) {
      try {
        const next = await iterator.next()
        if (next.done) {
          isExhausted = true
          break
        }
        await work(next.value)
      } catch (error) {
        failure ??= { error }
      }
    }
    lanes -= 1
    wake()
  }

  function widen(): void {
    while (goesOn() && lanes < wide.now()) {
      lanes += 1
      void lane()
    }
  }

  const stopListening = wide.onChange(() => {
    widen()
    wake()
  })
  try {
    widen()
    while (lanes > 0) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
      // A lane that ended because it was too wide, and was wanted again in the same moment.
      widen()
    }
  } finally {
    stopListening()
    if (!isExhausted) await iterator.return?.()
  }
  signal.throwIfAborted()
  if (failure) throw failure.error
  return isExhausted
}
