const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Host names, without a port, under which the studio answers. */
export function isAllowedHost(host: string | null, more: readonly string[] = []): boolean {
  const name = hostName(host)
  return name !== null && (loopback.has(name) || more.includes(name))
}

/**
 * Whether a browser sent this from one of the studio's own pages: the Origin
 * must be there and name the very host and port that were asked.
 */
export function isOwnOrigin(origin: string | null, host: string | null): boolean {
  if (origin === null || host === null || !URL.canParse(origin)) return false
  const url = new URL(origin)
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.host === withoutDefaultPort(host, url)
}

function hostName(host: string | null): string | null {
  if (host === null || !URL.canParse(`http://${host}`)) return null
  const url = new URL(`http://${host}`)
  // Anything beside a name and a port (a path, a user) is no Host header of a browser.
  return url.pathname === '/' && url.username === '' && !host.includes('/') ? url.hostname : null
}

function withoutDefaultPort(host: string, origin: URL): string | null {
  const text = `${origin.protocol}//${host}`
  return URL.canParse(text) ? new URL(text).host : null
}
