import { MolianError } from '@/lib/errors'

/** Cloud metadata services: the one kind of address that no model server has. */
const metadataHosts = new Set(['fd00:ec2::254', '100.100.100.200', '::ffff:6464:64c8', '168.63.129.16', '192.0.0.192', 'metadata.google.internal', 'metadata'])

/** A base URL as a person may set it: http or https, no user information, no metadata service; private hosts are legitimate. */
export function checkBaseUrl(text: string): string {
  if (!URL.canParse(text)) throw new MolianError('endpoint.bad-url', { url: text, problem: 'endpoint.url-unreadable' })
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new MolianError('endpoint.bad-url', { url: text, problem: 'endpoint.url-scheme' })
  if (url.username || url.password) throw new MolianError('endpoint.bad-url', { url: url.host, problem: 'endpoint.url-with-key' })
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '').toLowerCase()
  // Link-local, also mapped into IPv6: where clouds keep their metadata.
  if (metadataHosts.has(host) || host.startsWith('169.254.') || /^fe[89ab][0-9a-f]:|^(::ffff:|64:ff9b::|::)a9fe:/.test(host)) {
    throw new MolianError('endpoint.bad-url', { url: text, problem: 'endpoint.url-of-metadata' })
  }
  if (url.search || url.hash) throw new MolianError('endpoint.bad-url', { url: text, problem: 'endpoint.url-with-query' })
  return url.href.replace(/\/+$/, '')
}

/** A key that can stand in a header: printable ASCII, no spaces or line ends. */
export function checkKey(key: string): string {
  const trimmed = key.trim()
  if (!/^[\x21-\x7e]{1,4096}$/.test(trimmed)) throw new MolianError('endpoint.bad-key', {})
  return trimmed
}
