/** Below what was found, so that the server's bucket does not run dry by rounding alone. */
const caution = 0.99
/** Above what was found, when it is tried whether the server allows more by now. */
const curiosity = 1.15
/** Factor a second by which the pace grows once the server is known to allow more. */
const growth = 2.5
/** Milliseconds at the found pace before more is tried, at the least. */
const shortestCalm = 5_000
/** Requests for each refused one that a try for more may cost. */
const requestsPerRefusal = 120
/** Milliseconds at the found pace for each that a pause after a refusal has cost. */
const lossesPerPause = 25
/** Milliseconds between two units of a server that keeps refusing. */
const longestSpacing = 60_000
/** Units in the stretches from which the pace is reckoned. */
const enough = 16
/** Units a millisecond to begin with after the first refusal, which says only that there is a limit. */
const firstRate = 20 / 1000
/** A share by which a stretch may differ from what was found and still fit it. */
const tolerance = 0.15

/** Between two refusals the server's bucket went from empty to empty: what it let through is its refill, exactly. */
type Stretch = { ms: number; taken: number }

/**
 * What a server lets through, as a token bucket whose refill and size are found from its refusals alone: nothing is
 * assumed before the first one. `declared` (units a minute, from the server's owner) is never gone beyond.
 * The unit is a request or a token.
 */
export class Allowance {
  /** Units a millisecond; null while no limit was met. */
  private rate: number | null
  /** What the rate was when the present stretch began, before it grew. */
  private found = 0
  /** The most that may come at once after a pause. */
  private burst = 1
  private level = 1
  private levelAt = 0
  private lastTaken = -Infinity
  private taken = 0
  private anchor: number | null = null
  private before: Stretch | null = null
  private stretches: Stretch[] = []
  private refusedAtOnce = 1
  private refusedNow = 0
  /** Since when the pace has been growing, and what had been taken by then. */
  private growing: { at: number; taken: number } | null = null
  private pausedMs = 0

  constructor(private readonly declared: number | null = null, private readonly began = 0) {
    this.rate = declared === null ? null : declared / 60_000
    if (this.rate !== null) this.burst = Math.max(1, this.rate * 1000)
    this.levelAt = began
  }

  /** Units a minute that are asked for now; null without a known limit. */
  perMinute(): number | null {
    return this.rate === null ? null : this.rate * 60_000
  }

  /** Milliseconds until `weight` units may go. */
  waitFor(weight: number, now: number): number {
    const pace = this.pace(now)
    if (pace === null) return 0
    this.fill(now, pace)
    const need = Math.min(weight, this.burst)
    const filled = this.level >= need ? 0 : (need - this.level) / pace
    // What was saved up in a pause goes out at twice the pace, not at once: the estimate may be of yesterday.
    const spaced = this.lastTaken + need / (2 * pace) - now
    return Math.max(0, filled, spaced)
  }

  take(weight: number, now: number): void {
    const pace = this.pace(now)
    if (pace !== null) {
      this.fill(now, pace)
      this.level -= weight
    }
    this.lastTaken = now
    this.taken += weight
    this.lookForMore(weight, now)
  }

  /** What a taken weight turned out to be: the difference is taken or given back. */
  correct(by: number): void {
    this.level -= by
    this.taken += by
  }

  /** The server refused what was sent at `sentAt`; `pauseMs` is how long it wants to be left alone. */
  refused(weight: number, sentAt: number, now: number, pauseMs: number): void {
    this.level = Math.min(this.level, 0)
    // Sent before the last refusal was known: the same emptiness, seen again.
    if (this.anchor !== null && sentAt <= this.anchor) {
      this.refusedNow += 1
      return
    }
    this.refusedAtOnce += 0.3 * (Math.max(1, this.refusedNow) - this.refusedAtOnce)
    this.refusedNow = 1
    const stretch = { ms: Math.max(1, now - (this.anchor ?? this.began)), taken: Math.max(0, this.taken - weight) }
    if (this.anchor === null) {
      this.before = stretch
      this.rate = Math.min(Math.max(stretch.taken / Math.max(1000, stretch.ms), weight / 1000), firstRate * weight, this.ceiling())
      this.growing = { at: now, taken: 0 }
    } else this.reckon(stretch, weight, now)
    this.found = this.rate ?? 0
    this.anchor = now
    this.taken = 0
    this.pausedMs = pauseMs
    this.levelAt = now
  }

  private reckon(stretch: Stretch, weight: number, now: number): void {
    const pace = stretch.taken / stretch.ms
    const isHigher = pace > this.found * (1 + tolerance)
    // What does not fit what was found means that the limit has changed: what lies before it says nothing more.
    if (Math.abs(stretch.taken - this.found * stretch.ms) > Math.max(3 * weight, this.found * stretch.ms * tolerance)) this.stretches = []
    this.stretches.push(stretch)
    const known = this.lastStretches(enough * weight)
    const found = known.taken > 0 ? known.taken / known.ms : Math.max(this.found / 2, weight / longestSpacing)
    // While growing, the server may have let more overflow than it gave out: the end of the growth is nearer to its limit.
    // A bucket that ran over during the pause has let less through than it was filled with.
    const unpaused = (stretch.taken - this.burst) / Math.max(1, stretch.ms - this.pausedMs)
    const grown = this.growing && isHigher ? (0.9 * (this.taken - this.growing.taken)) / Math.max(1, now - this.growing.at) : 0
    this.rate = Math.min(Math.max(found, grown, stretch.ms > this.pausedMs + 100 ? unpaused : 0), this.ceiling())
    const isUnsure = known.taken < enough * weight || (this.growing !== null && isHigher)
    this.growing = isUnsure ? { at: now, taken: 0 } : null
    if (this.before) this.burst = Math.max(weight, this.before.taken - this.rate * this.before.ms)
  }

  /** The latest stretches that hold so many units; older ones are forgotten. */
  private lastStretches(units: number): Stretch {
    const sum = { ms: 0, taken: 0 }
    let used = 0
    for (const each of this.stretches.toReversed()) {
      sum.taken += each.taken
      sum.ms += each.ms
      used += 1
      if (sum.taken >= units) break
    }
    this.stretches = this.stretches.slice(-used)
    return sum
  }

  /** Milliseconds of the last pause in which the server's bucket was full already, and let run over what it was filled with. */
  private lostMs(rate: number): number {
    return Math.max(0, this.pausedMs - this.burst / rate)
  }

  private ceiling(): number {
    return this.declared === null ? Infinity : this.declared / 60_000
  }

  /** Units a millisecond at which to go now. */
  private pace(now: number): number | null {
    if (this.rate === null) return null
    if (this.declared !== null && this.rate >= this.ceiling()) return this.ceiling()
    if (this.growing !== null || this.anchor === null) return this.rate
    const calm = Math.max(shortestCalm, (requestsPerRefusal * this.refusedAtOnce) / this.rate, lossesPerPause * this.lostMs(this.rate))
    return Math.min(this.rate * (now - this.anchor < calm ? caution : curiosity), this.ceiling())
  }

  private fill(now: number, pace: number): void {
    const ms = Math.max(0, now - this.levelAt)
    if (this.growing !== null && this.rate !== null) this.rate = Math.min(this.rate * growth ** (ms / 1000), this.ceiling())
    this.level = Math.min(this.burst, this.level + pace * ms)
    this.levelAt = now
  }

  /** More went through since the bucket was empty than the found refill can have given: the server allows more by now. */
  private lookForMore(weight: number, now: number): void {
    if (this.rate === null || this.anchor === null || this.growing !== null) return
    if (this.taken > this.rate * (now - this.anchor) * 1.01 + 3 * weight) this.growing = { at: now, taken: this.taken }
  }
}
