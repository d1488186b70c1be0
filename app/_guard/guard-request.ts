import { isAllowedHost, isOwnOrigin } from '@/app/_guard/origin'
import { errorLocale, localeCookie, readLocale } from '@/app/_i18n/locale'
import { sentenceOf } from '@/lib/errors'
import type { ErrorCode } from '@/lib/error-sentences'

const reading = new Set(['GET', 'HEAD'])

/**
 * First line of every route handler: a 403 with a sentence for a request that
 * came under a strange host name (DNS rebinding) or would change something from
 * another site's page; undefined when it may go on.
 */
export function guardRequest(request: Request): Response | undefined {
  const host = request.headers.get('host')
  if (!isAllowedHost(host)) return refusal(request, 'guard.host', host ?? '')
  if (reading.has(request.method)) return undefined
  const origin = request.headers.get('origin')
  if (!isOwnOrigin(origin, host)) return refusal(request, 'guard.origin', origin ?? '')
  return undefined
}

/** The 403 itself, in the reader's language, as JSON with the code and the sentence. */
export function refusal(request: Request, code: ErrorCode, name: string): Response {
  const error = sentenceOf(code, { name: name.slice(0, 100) }, errorLocale(readLocale(cookieOf(request, localeCookie))))
  return Response.json({ code, error }, { status: 403 })
}

function cookieOf(request: Request, name: string): string | undefined {
  const cookies = (request.headers.get('cookie') ?? '').split(';').map((cookie) => cookie.trim())
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1)
}
