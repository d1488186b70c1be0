/** Lets one piece of work in at a time, in the order in which they came. */
export class Turns {
  private last: Promise<void> = Promise.resolve()

  /** Throws the signal's reason, without having begun, when that is aborted while it waits. */
  async take<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const before = this.last
    let leave = () => {}
    const mine = new Promise<void>((resolve) => (leave = resolve))
    this.last = before.then(() => mine)
    try {
      await orAborted(before, signal)
      return await work()
    } finally {
      leave()
    }
  }
}

/** The promise, or the signal's reason as soon as that is aborted. */
export async function orAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise
  signal.throwIfAborted()
  let stopListening = () => {}
  const aborted = new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    stopListening = () => signal.removeEventListener('abort', abort)
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    stopListening()
  }
}
