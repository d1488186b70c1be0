import { Limiter, type Limits } from '@/lib/llm/limiter/limiter'

/** Milliseconds without a call after which what was found of an endpoint is of yesterday. */
const staleAfter = 120_000

const known = new Map<string, { limiter: Limiter; limits: string }>()

/** The limiter of an endpoint in this process; a new one when its owner has changed what it allows, or after a long rest. */
export function limiterOf(endpointId: string, limits: Limits): Limiter {
  const print = JSON.stringify(limits)
  const there = known.get(endpointId)
  if (there?.limits === print && there.limiter.restedMs() < staleAfter) return there.limiter
  const limiter = new Limiter(limits)
  known.set(endpointId, { limiter, limits: print })
  return limiter
}
