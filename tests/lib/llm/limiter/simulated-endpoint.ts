import { Limiter, type Limits } from '@/lib/llm/limiter/limiter'
import { quickDrawer } from '@/lib/draw'
import { virtualClock } from '@/tests/support/virtual-clock'

export type Simulated = {
  /** Of one call, in milliseconds. */
  latencyMs: number
  /** Units a minute that the server's bucket is filled with, and how many it holds; null: no limit. */
  bucket: { of: 'requests' | 'tokens'; perMinute: number; holds: number } | null
  /** Whether a refusal says when to come again, in whole seconds as servers do. */
  saysRetryAfter: boolean
  /** Until when, in the simulation's milliseconds, every call breaks. */
  brokenUntil?: number
  /** Milliseconds from the sending of a refused call to the news of it. */
  refusalMs?: number
}

/** A limiter between so many askers that always have a next question and a server as described, in virtual time. */
export function simulate(server: Simulated, askers: number, limits?: Limits, tokensOf: (question: number) => number = () => 1000) {
  const clock = virtualClock()
  const random = quickDrawer(7)
  const limiter = new Limiter(limits, clock, random)
  let level = server.bucket?.holds ?? 0
  let filledAt = 0
  const counts = { sent: 0, answered: 0, refused: 0, failed: 0, tokens: 0 }
  const sentAt: number[] = []
  const signal = new AbortController().signal
  let mostInFlight = 0
  let inFlight = 0

  function accepts(weight: number): boolean {
    if (!server.bucket) return true
    level = Math.min(server.bucket.holds, level + ((clock.now() - filledAt) / 60_000) * server.bucket.perMinute)
    filledAt = clock.now()
    if (level < weight) return false
    level -= weight
    return true
  }

  async function asker(): Promise<void> {
    for (let question = 0; ; question += 1) {
      const tokens = tokensOf(question)
      for (let again = false; ; again = true) {
        const permit = await limiter.permit(tokens, signal, again)
        counts.sent += 1
        sentAt.push(clock.now())
        inFlight += 1
        mostInFlight = Math.max(mostInFlight, inFlight)
        if (clock.now() < (server.brokenUntil ?? 0)) {
          await clock.pause(5)
          inFlight -= 1
          counts.failed += 1
          permit.end({ kind: 'failed', pauseMs: null })
          continue
        }
        const weight = server.bucket?.of === 'tokens' ? tokens : 1
        if (accepts(weight)) {
          await clock.pause(server.latencyMs)
          inFlight -= 1
          counts.answered += 1
          counts.tokens += tokens
          permit.end({ kind: 'answered', restMs: 0, tokens })
          break
        }
        const short = server.bucket ? ((weight - level) / server.bucket.perMinute) * 60_000 : 0
        await clock.pause(server.refusalMs ?? 2)
        inFlight -= 1
        counts.refused += 1
        permit.end({ kind: 'refused', pauseMs: server.saysRetryAfter ? Math.ceil(short / 1000) * 1000 * (1 + random() / 5) : null, of: server.bucket?.of ?? 'requests' })
      }
    }
  }
  for (let one = 0; one < askers; one += 1) void asker()

  return {
    server,
    limiter,
    counts,
    sentAt,
    clock,
    mostInFlight: () => mostInFlight,
    /** What came of the next so many seconds. */
    async during(seconds: number) {
      const before = { ...counts }
      await clock.pass(seconds * 1000)
      return { answered: counts.answered - before.answered, refused: counts.refused - before.refused, sent: counts.sent - before.sent, tokens: counts.tokens - before.tokens, failed: counts.failed - before.failed }
    },
  }
}
