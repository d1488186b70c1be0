/** Time as the limiter sees it, so that tests can turn it. */
export type Clock = {
  /** Milliseconds, growing. */
  now(): number
  /** Runs `work` so many milliseconds later; what it returns takes that back. */
  after(ms: number, work: () => void): () => void
}

export const realClock: Clock = {
  now: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}
