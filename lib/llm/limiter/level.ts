/** What a failure of the server leaves of the level. */
const left = 0.7

/**
 * How many calls may be in flight at once (AIMD): doubles with every round of good answers until the server first
 * fails, then grows by one a round; a failure takes a third. What was sent before the last cut does not cut again.
 */
export class Level {
  private value: number
  private isDoubling = true
  private cutAt = -Infinity

  constructor(first: number) {
    this.value = first
  }

  now(): number {
    return Math.max(1, Math.floor(this.value))
  }

  /** A good answer came while so many were in flight: one that was not near the level says nothing of it. */
  good(inFlight: number): void {
    if (inFlight * 2 < this.value) return
    this.value += this.isDoubling ? 1 : 1 / this.value
  }

  failed(sentAt: number, now: number): void {
    if (sentAt <= this.cutAt) return
    this.isDoubling = false
    this.cutAt = now
    this.value = Math.max(1, this.value * left)
  }
}
