/** Milliseconds before a read that failed is made again; after the last of them it counts as failed. */
const pauses = [1_000, 3_000, 9_000] as const

export type FollowedRead = {
  /** Reads now without waiting for a pause to end, or once more where a read is on its way. */
  go(): void
  end(): void
}

/**
 * Makes reads one at a time: what is asked for while one runs has it run once more. One that fails is made again with growing pauses;
 * when they are used up `onFailed(true)` is told, and nothing more is read until `go` is called. `onFailed(false)`: it came all the same.
 */
export function followedRead(read: () => Promise<void>, onFailed: (isFailed: boolean) => void): FollowedRead {
  let isReading = false
  let isWanted = false
  let isOver = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function run(): Promise<void> {
    isReading = true
    do {
      isWanted = false
      try {
        await read()
        failures = 0
        if (!isOver) onFailed(false)
      } catch {
        failed()
      }
    } while (isWanted && !isOver)
    isReading = false
  }

  function failed(): void {
    // What is wanted meanwhile is the next try.
    if (isOver || isWanted) return
    const pause = pauses[failures]
    failures += 1
    if (pause === undefined) onFailed(true)
    else timer = setTimeout(() => void run(), pause)
  }

  return {
    go() {
      if (isOver) return
      if (isReading) {
        isWanted = true
        return
      }
      clearTimeout(timer)
      void run()
    },
    end() {
      isOver = true
      clearTimeout(timer)
    },
  }
}
