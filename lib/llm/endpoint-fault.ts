import OpenAI from 'openai'
import { MolianError } from '@/lib/errors'

/** Where a question went: what every sentence about a fault names. */
export type AskedServer = { baseUrl: string; model: string }

/**
 * What a fault means for the next try. refused: too many, again when the server bears it. broken: not reached, late or
 * failing, again after a pause. unusable: answered, but not as the protocol says. final: the same again would do the same.
 */
export type FaultKind = 'refused' | 'broken' | 'unusable' | 'final'

/** How a call failed: the sentence for people, and for the limiter what kind it is and how long the server wants to rest. */
export type Fault = { error: MolianError; kind: FaultKind; pauseMs: number | null; of: 'requests' | 'tokens' }

/** Whatever a call threw, as a fault. */
export function faultOf(thrown: unknown, server: AskedServer): Fault {
  const fault = (error: MolianError, kind: FaultKind): Fault => ({ error, kind, pauseMs: pauseOf(thrown), of: limitMet(thrown) })
  const about = { url: server.baseUrl, model: server.model }
  const say = (code: MolianError['code'], params: Record<string, string | number> = {}) => new MolianError(code, { ...about, ...params }, { cause: thrown })
  if (thrown instanceof MolianError) return fault(thrown, thrown.code === 'endpoint.too-large' ? 'unusable' : 'final')
  if (thrown instanceof OpenAI.APIConnectionTimeoutError) return fault(say('endpoint.too-slow'), 'broken')
  if (thrown instanceof OpenAI.APIConnectionError) {
    const reason = thrown.cause instanceof Error ? thrown.cause.message : thrown.message
    return fault(say('endpoint.unreachable', { reason }), 'broken')
  }
  if (!(thrown instanceof OpenAI.APIError)) return fault(say('endpoint.not-protocol'), 'unusable')
  const { status } = thrown
  const reason = shortened(thrown.message)
  if (status === 402 || (status === 429 && /insufficient_quota|insufficient balance|余额不足|欠费/i.test(thrown.message + String(thrown.code ?? '')))) return fault(say('endpoint.no-credit', { reason }), 'final')
  if (status === 401 || status === 403) return fault(say('endpoint.refused', { status }), 'final')
  if (status === 404) return fault(say('endpoint.not-found'), 'final')
  if (status === 429) return fault(say('endpoint.too-many'), 'refused')
  if (status >= 300 && status < 400) return fault(say('endpoint.redirects', { to: thrown.headers?.get('location') ?? '?' }), 'final')
  if (status >= 400 && status < 500 && status !== 408) return fault(say('endpoint.bad-request', { reason }), 'final')
  return fault(say('endpoint.failed', { reason }), 'broken')
}

/** What limitedFetch has made of Retry-After: milliseconds, capped and spread. */
function pauseOf(thrown: unknown): number | null {
  const asked = thrown instanceof OpenAI.APIError ? (thrown.headers?.get('retry-after-ms') ?? null) : null
  const milliseconds = asked === null ? Number.NaN : Number(asked)
  return Number.isFinite(milliseconds) && milliseconds >= 0 ? milliseconds : null
}

/** Which limit a 429 speaks of; requests where it does not say. */
function limitMet(thrown: unknown): 'requests' | 'tokens' {
  if (!(thrown instanceof OpenAI.APIError)) return 'requests'
  if (thrown.headers?.get('x-ratelimit-remaining-tokens') === '0') return 'tokens'
  return /\btokens? per|\bTPM\b|token.{0,20}limit/i.test(thrown.message) && !/\bRPM\b|requests? per/i.test(thrown.message) ? 'tokens' : 'requests'
}

/** A server may answer a fault with a whole page; a sentence needs its beginning. */
function shortened(reason: string): string {
  return reason.length > 400 ? `${reason.slice(0, 400)}…` : reason
}
