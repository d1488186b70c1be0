import { describe, expect, it } from 'vitest'
import { Limiter } from '@/lib/llm/limiter/limiter'
import { simulate } from '@/tests/lib/llm/limiter/simulated-endpoint'
import { virtualClock } from '@/tests/support/virtual-clock'

const open = { latencyMs: 500, bucket: null, saysRetryAfter: false }
const never = new AbortController().signal

describe('without a limit', () => {
  it.each([8, 64, 256])('%i askers are never held up for long', async (askers) => {
    const server = simulate(open, askers)
    const { answered } = await server.during(60)
    expect(answered).toBeGreaterThanOrEqual(0.95 * (askers / 0.5) * 60)
    expect(server.mostInFlight()).toBe(askers)
  })

  it('a slow server is no reason to send more than there are askers', async () => {
    const server = simulate({ ...open, latencyMs: 30_000 }, 5)
    await server.during(60)
    expect(server.mostInFlight()).toBe(5)
  })
})

describe('under a limit of requests', () => {
  const buckets = [
    { perMinute: 3000, holds: 50, saysRetryAfter: true },
    { perMinute: 3000, holds: 50, saysRetryAfter: false },
    { perMinute: 3000, holds: 150, saysRetryAfter: true },
    { perMinute: 12_000, holds: 600, saysRetryAfter: true },
    { perMinute: 12_000, holds: 600, saysRetryAfter: false },
  ]
  it.each(buckets)('$perMinute a minute, $holds at once, Retry-After $saysRetryAfter: takes what it gives and is seldom refused', async ({ perMinute, holds, saysRetryAfter }) => {
    const server = simulate({ latencyMs: 500, bucket: { of: 'requests', perMinute, holds }, saysRetryAfter }, 150)
    const all = await server.during(180)
    expect(all.answered).toBeGreaterThanOrEqual(0.95 * (holds + perMinute * 3))
    expect(all.refused).toBeLessThanOrEqual(0.01 * all.sent)
  })

  it.each([true, false])('that is a slow one (20 a second, Retry-After %s), takes nearly all once it is known', async (saysRetryAfter) => {
    const server = simulate({ latencyMs: 500, bucket: { of: 'requests', perMinute: 1200, holds: 60 }, saysRetryAfter }, 64)
    await server.during(60)
    const later = await server.during(120)
    expect(later.answered).toBeGreaterThanOrEqual(0.95 * 2400)
    expect(later.refused).toBeLessThanOrEqual(0.01 * later.sent)
  })

  it.each([1500, 6000])('that changes from 3,000 to %i a minute, is followed within ten seconds', async (changed) => {
    const bucket = { of: 'requests' as const, perMinute: 3000, holds: 150 }
    const server = simulate({ latencyMs: 500, bucket, saysRetryAfter: true }, 200)
    await server.during(60)
    bucket.perMinute = changed
    await server.during(10)
    const after = await server.during(20)
    expect(after.answered).toBeGreaterThanOrEqual(0.9 * (changed / 3))
    expect(after.refused).toBeLessThanOrEqual(0.02 * after.sent)
  })

  it('that its owner has named, is never met', async () => {
    const server = simulate({ latencyMs: 500, bucket: { of: 'requests', perMinute: 600, holds: 20 }, saysRetryAfter: true }, 64, { requestsPerMinute: 600, tokensPerMinute: null })
    const { answered, refused } = await server.during(120)
    expect(refused).toBe(0)
    expect(answered).toBeGreaterThanOrEqual(0.95 * 1200 - 10)
  })
})

describe('under a limit of tokens', () => {
  const tokensOf = (question: number) => 500 + (question % 5) * 250
  it('takes what it gives, of questions that differ', async () => {
    const server = simulate({ latencyMs: 500, bucket: { of: 'tokens', perMinute: 3_000_000, holds: 150_000 }, saysRetryAfter: true }, 150, undefined, tokensOf)
    const all = await server.during(180)
    expect(all.tokens).toBeGreaterThanOrEqual(0.93 * (150_000 + 9_000_000))
    expect(all.refused).toBeLessThanOrEqual(0.015 * all.sent)
  })

  it('that its owner has named, is never met', async () => {
    const server = simulate({ latencyMs: 500, bucket: { of: 'tokens', perMinute: 600_000, holds: 20_000 }, saysRetryAfter: true }, 64, { requestsPerMinute: null, tokensPerMinute: 600_000 }, tokensOf)
    const { tokens, refused } = await server.during(120)
    expect(refused).toBe(0)
    expect(tokens).toBeGreaterThanOrEqual(0.95 * 1_200_000 - 10_000)
  })
})

describe('pauses', () => {
  it('asks nothing while the server wants to be left alone, but not for longer than a minute', async () => {
    const clock = virtualClock()
    const limiter = new Limiter(undefined, clock)
    const first = await limiter.permit(1, never)
    first.end({ kind: 'refused', pauseMs: 7_000, of: 'requests' })
    let begun = -1
    void limiter.permit(1, never, true).then((permit) => {
      begun = clock.now()
      permit.end({ kind: 'refused', pauseMs: 86_400_000, of: 'requests' })
    })
    await clock.pass(6_999)
    expect(begun).toBe(-1)
    await clock.pass(100)
    expect(begun).toBeGreaterThanOrEqual(7_000)
    expect(limiter.state().pausedMs).toBeLessThanOrEqual(60_000)
    expect(limiter.state().pausedMs).toBeGreaterThan(59_000)
  })

  it('leaves a server that breaks alone for a growing while, tries it with one call, and is back at once when it is', async () => {
    const server = simulate({ ...open, brokenUntil: 60_000 }, 64)
    await server.clock.pass(60_000)
    expect(server.counts.failed).toBeLessThan(100)
    const gaps = server.sentAt.filter((at) => at > 5_000).map((at, index, all) => at - (all[index - 1] ?? at)).slice(1)
    expect(Math.max(...gaps)).toBeGreaterThan(10_000)
    await server.clock.pass(35_000)
    const { answered } = await server.during(20)
    expect(answered).toBeGreaterThanOrEqual(0.9 * 64 * 2 * 20)
  })

  it('is let go of when the asking is over', async () => {
    const clock = virtualClock()
    const limiter = new Limiter(undefined, clock)
    const first = await limiter.permit(1, never)
    first.end({ kind: 'refused', pauseMs: 60_000, of: 'requests' })
    const over = new AbortController()
    const waiting = limiter.permit(1, over.signal)
    over.abort(new Error('over'))
    await expect(waiting).rejects.toThrow('over')
    expect(limiter.state()).toMatchObject({ waiting: 0, inFlight: 0 })
    await expect(limiter.permit(1, over.signal)).rejects.toThrow('over')
  })

  it('counts a permit that is ended twice once', async () => {
    const limiter = new Limiter(undefined, virtualClock())
    const permit = await limiter.permit(1, never)
    permit.end({ kind: 'ended' })
    permit.end({ kind: 'ended' })
    expect(limiter.state().inFlight).toBe(0)
  })
})
