import { setMaxListeners } from 'node:events'
import { Allowance } from '@/lib/llm/limiter/allowance'
import { realClock, type Clock } from '@/lib/llm/limiter/clock'
import { Level } from '@/lib/llm/limiter/level'
import { firstPause, longestPause } from '@/lib/llm/pauses'

/** Calls in flight when nothing is known of a server yet. */
const firstLevel = 32

export type Limits = { requestsPerMinute: number | null; tokensPerMinute: number | null }

/** How a call went, as far as the server's capacity is concerned. */
export type CallEnd =
  /** An answer, of whatever use; `tokens` is what it really took, where that is known, `restMs` how long nothing more will be taken. */
  | { kind: 'answered'; restMs: number; tokens?: number }
  /** Too many; `pauseMs` is what Retry-After says; `of` which of its limits was met. */
  | { kind: 'refused'; pauseMs: number | null; of: 'requests' | 'tokens' }
  /** Broken, late, or not reached. */
  | { kind: 'failed'; pauseMs: number | null }
  /** Ended by us: says nothing. */
  | { kind: 'ended' }
  /** Never made: what it would have taken is free again. */
  | { kind: 'unsent' }

export type Permit = { end(how: CallEnd): void }

type Waiting = { tokens: number; go: (permit: Permit) => void; leave: () => void }

/** How an endpoint is being asked at the moment. */
export type LimiterState = { inFlight: number; waiting: number; level: number; requestsPerMinute: number | null; tokensPerMinute: number | null; pausedMs: number }

/**
 * Lets calls to one address of an endpoint through: at most as many at once, and as many requests and tokens a minute, as it bears.
 * It finds both by itself, honours the pauses that the server asks for, and leaves a server that fails alone for a
 * growing while, after which one call tries it. Shared by everything in this process that asks that address.
 */
export class Limiter {
  private readonly requests: Allowance
  private readonly tokens: Allowance
  private readonly level: Level
  private readonly queue: Waiting[] = []
  private inFlight = 0
  private notBefore = -Infinity
  private failuresInRow = 0
  private failedAt = -Infinity
  private cancelTimer: (() => void) | null = null
  private usedAt: number

  constructor(limits: Limits = { requestsPerMinute: null, tokensPerMinute: null }, private readonly clock: Clock = realClock, private readonly random: () => number = Math.random) {
    const now = clock.now()
    this.requests = new Allowance(limits.requestsPerMinute, now)
    this.tokens = new Allowance(limits.tokensPerMinute, now)
    this.level = new Level(firstLevel)
    this.usedAt = now
  }

  /** Milliseconds since a call was last begun or ended. */
  restedMs(): number {
    return this.inFlight > 0 ? 0 : this.clock.now() - this.usedAt
  }

  /** Resolves when a call of about so many tokens may be made; its permit must be ended. `again` goes before those that wait. */
  async permit(tokens: number, signal: AbortSignal, again = false): Promise<Permit> {
    signal.throwIfAborted()
    // Every question of a run listens to the same one.
    setMaxListeners(0, signal)
    return new Promise<Permit>((resolve, reject) => {
      const onAbort = () => {
        const at = this.queue.indexOf(waiting)
        if (at >= 0) this.queue.splice(at, 1)
        reject(signal.reason)
      }
      const waiting: Waiting = { tokens, go: resolve, leave: () => signal.removeEventListener('abort', onAbort) }
      signal.addEventListener('abort', onAbort, { once: true })
      if (again) this.queue.unshift(waiting)
      else this.queue.push(waiting)
      this.pump()
    })
  }

  /** Whether a call of so many tokens would be let through at once. */
  hasRoom(tokens: number): boolean {
    return this.queue.length === 0 && this.inFlight < this.most() && this.waitFor(tokens, this.clock.now()) <= 0
  }

  state(): LimiterState {
    return {
      inFlight: this.inFlight,
      waiting: this.queue.length,
      level: this.level.now(),
      requestsPerMinute: this.requests.perMinute(),
      tokensPerMinute: this.tokens.perMinute(),
      pausedMs: Math.max(0, Math.round(this.notBefore - this.clock.now())),
    }
  }

  private pump(): void {
    this.cancelTimer?.()
    this.cancelTimer = null
    for (;;) {
      const next = this.queue[0]
      if (!next) return
      const now = this.clock.now()
      if (this.inFlight >= this.most()) return
      const wait = this.waitFor(next.tokens, now)
      if (wait > 0) {
        this.cancelTimer = this.clock.after(Math.ceil(wait), () => this.pump())
        return
      }
      this.queue.shift()
      this.start(next, now)
    }
  }

  /** After failures in a row one call goes ahead, to see whether the server is back. */
  private most(): number {
    return this.failuresInRow > 1 ? 1 : this.level.now()
  }

  private waitFor(tokens: number, now: number): number {
    return Math.max(this.notBefore - now, this.requests.waitFor(1, now), this.tokens.waitFor(tokens, now))
  }

  private start(next: Waiting, sentAt: number): void {
    this.requests.take(1, sentAt)
    this.tokens.take(next.tokens, sentAt)
    this.inFlight += 1
    next.leave()
    let isOpen = true
    next.go({
      end: (how) => {
        if (!isOpen) return
        isOpen = false
        this.inFlight -= 1
        this.hear(how, next.tokens, sentAt)
        this.pump()
      },
    })
  }

  private hear(how: CallEnd, tokens: number, sentAt: number): void {
    const now = this.clock.now()
    this.usedAt = now
    switch (how.kind) {
      case 'answered':
        this.failuresInRow = 0
        this.level.good(this.inFlight + 1)
        this.notBefore = Math.max(this.notBefore, now + Math.min(how.restMs, longestPause))
        if (how.tokens !== undefined) this.tokens.correct(how.tokens - tokens)
        return
      case 'refused': {
        const pause = Math.min(how.pauseMs ?? 0, longestPause)
        if (how.of === 'tokens') {
          this.tokens.refused(tokens, sentAt, now, pause)
          this.requests.correct(-1)
        } else {
          this.requests.refused(1, sentAt, now, pause)
          this.tokens.correct(-tokens)
        }
        this.notBefore = Math.max(this.notBefore, now + pause)
        return
      }
      case 'failed':
        this.level.failed(sentAt, now)
        // Calls that broke together are one failure.
        if (sentAt > this.failedAt) {
          this.failuresInRow += 1
          this.failedAt = now
          const own = this.failuresInRow > 1 ? firstPause * 2 ** (this.failuresInRow - 1) * (0.75 + this.random() / 2) : 0
          this.notBefore = Math.max(this.notBefore, now + Math.min(longestPause, Math.max(own, how.pauseMs ?? 0)))
        }
        return
      case 'ended':
        return
      case 'unsent':
        this.requests.correct(-1)
        this.tokens.correct(-tokens)
        return
    }
  }
}
