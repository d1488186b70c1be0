import { MolianError } from '@/lib/errors'
import { checkBaseUrl } from '@/lib/llm/base-url'
import type { HubDoor } from '@/lib/models/hub/access'

const mostRedirects = 5
/** Without an answer, or another piece of one, for so long a connection is taken for dead. */
export const silenceMs = 30_000
const longestJson = 32 * 1024 * 1024

/** Trying again can help: the line broke, or the hub was busy. */
export class HubInterrupted extends Error {
  override readonly name = 'HubInterrupted'

  constructor(
    readonly error: MolianError,
    options?: { cause?: unknown },
  ) {
    super(error.message, options)
  }
}

/** An answer and a way to hear that it has gone silent: `touch` with every piece of it. */
export type HubAnswer = {
  response: Response
  /** Of the bytes themselves: a SHA-256 or git's id, as Hugging Face has it, else null. */
  etag: string | null
  touch(): void
  close(): void
}

/**
 * Asks a hub. Redirects are followed, since files lie elsewhere; the token goes to the hub's own address alone. Throws
 * HubInterrupted where trying again can help, else hub.refused, hub.no-model, hub.failed. `about` is what is asked for.
 */
export async function askHub(door: HubDoor, url: string, about: string, signal: AbortSignal, headers: Record<string, string> = {}): Promise<HubAnswer> {
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), silenceMs)
  const touch = () => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(), silenceMs)
  }
  const close = () => clearTimeout(timer)
  try {
    const { response, etag } = await followed(door, url, AbortSignal.any([signal, silence.signal]), headers)
    touch()
    if (response.ok) return { response, etag, touch, close }
    await response.body?.cancel()
    throw refusalOf(door, response.status, about)
  } catch (error) {
    close()
    signal.throwIfAborted()
    throw error instanceof MolianError || error instanceof HubInterrupted ? error : interrupted(door, error)
  }
}

/** The same for an answer in JSON, with the address of its next page. */
export async function askHubForJson(door: HubDoor, url: string, about: string, signal: AbortSignal): Promise<{ json: unknown; next: string | null }> {
  const { response, touch, close } = await askHub(door, url, about, signal, { accept: 'application/json' })
  try {
    const parts: Uint8Array[] = []
    let bytes = 0
    for await (const part of response.body ?? []) {
      touch()
      bytes += part.length
      if (bytes > longestJson) throw new MolianError('hub.not-protocol', { url: door.baseUrl })
      parts.push(part)
    }
    return { json: parseJson(door, Buffer.concat(parts).toString('utf8')), next: nextOf(response.headers.get('link'), url) }
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof MolianError ? error : interrupted(door, error)
  } finally {
    close()
  }
}

async function followed(door: HubDoor, first: string, signal: AbortSignal, headers: Record<string, string>): Promise<Pick<HubAnswer, 'response' | 'etag'>> {
  const home = new URL(door.baseUrl).origin
  let url = first
  let linked: string | null = null
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    checkBaseUrl(new URL(url).origin)
    const isHome = new URL(url).origin === home
    const sent = new Headers({ ...headers, 'accept-encoding': 'identity', 'user-agent': 'molian' })
    if (isHome && door.token !== null) sent.set('authorization', `Bearer ${door.token}`)
    const response = await fetch(url, { headers: sent, redirect: 'manual', signal })
    const to = response.headers.get('location')
    if (isHome) linked ??= hashIn(response.headers.get('x-linked-etag'))
    if (response.status < 300 || response.status >= 400 || to === null) return { response, etag: linked ?? (isHome ? hashIn(response.headers.get('etag')) : null) }
    await response.body?.cancel()
    url = new URL(to, url).href
  }
  throw new MolianError('hub.not-protocol', { url: door.baseUrl })
}

/** An entity tag that is a hash; others say nothing about the bytes. */
function hashIn(tag: string | null): string | null {
  return /^(?:W\/)?"?((?:[0-9a-f]{64})|(?:[0-9a-f]{40}))"?$/.exec(tag ?? '')?.[1] ?? null
}

function refusalOf(door: HubDoor, status: number, about: string): MolianError | HubInterrupted {
  const params = { url: door.baseUrl, what: about }
  if (status === 401 || status === 403) return new MolianError('hub.refused', { ...params, status })
  if (status === 404) return new MolianError('hub.no-model', params)
  const failed = new MolianError('hub.failed', { ...params, status })
  return status === 429 || status >= 500 ? new HubInterrupted(failed) : failed
}

/** A line that could not be had, or broke. */
export function interrupted(door: HubDoor, cause: unknown): HubInterrupted {
  return new HubInterrupted(new MolianError('hub.unreachable', { url: door.baseUrl, reason: reasonOf(cause) }), { cause })
}

function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'AbortError') return `no answer for ${silenceMs / 1000} s`
  const inner = error instanceof Error ? error.cause : undefined
  if (inner instanceof Error && 'code' in inner && typeof inner.code === 'string') return inner.code
  return error instanceof Error ? error.message : String(error)
}

function parseJson(door: HubDoor, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new MolianError('hub.not-protocol', { url: door.baseUrl }, { cause })
  }
}

function nextOf(link: string | null, url: string): string | null {
  const next = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1]
  return next === undefined ? null : new URL(next, url).href
}
