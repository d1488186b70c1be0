import { type NextRequest, NextResponse } from 'next/server'
import { isAllowedHost } from '@/app/_guard/origin'
import { refusal } from '@/app/_guard/guard-request'

/** In front of pages only: refuses strange host names and gives each answer its own content security policy. */
export function proxy(request: NextRequest) {
  const host = request.headers.get('host')
  if (!isAllowedHost(host)) return refusal(request, 'guard.host', host ?? '')

  const nonce = crypto.randomUUID().replaceAll('-', '')
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('Content-Security-Policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  return response
}

function contentSecurityPolicy(nonce: string): string {
  // React needs eval in development, for its error stacks.
  const evaluate = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluate}`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Widths of bars and positions of rows are style attributes; they can load and run nothing.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

// Never in front of /api: behind a proxy Next cuts bodies at 10 MB without a word.
// Routes there guard themselves with guardRequest.
export const config = { matcher: '/((?!api/|_next/static/|_next/image|icon.svg|favicon.ico).*)' }
