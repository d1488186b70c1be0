import { Limiter, type Limits } from '@/lib/llm/limiter/limiter'

/** Milliseconds without a call after which what was found of an endpoint is of yesterday. */
const staleAfter = 120_000

const known = new Map<string, { limiter: Limiter; limits: string }>()

/** The limiter of one address of an endpoint in this process; a new one when its owner has changed what it allows, or after a long rest. */
export function limiterOf(endpointId: string, baseUrl: string, limits: Limits): Limiter {
  const print = JSON.stringify(limits)
  const place = `${endpointId} ${baseUrl}`
  const there = known.get(place)
  if (there?.limits === print && there.limiter.restedMs() < staleAfter) return there.limiter
  const limiter = new Limiter(limits)
  known.set(place, { limiter, limits: print })
  return limiter
}
