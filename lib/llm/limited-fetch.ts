import http from 'node:http'
import https from 'node:https'
import { MolianError } from '@/lib/errors'
import { wholeOfStream } from '@/lib/llm/event-stream'
import { longestPause } from '@/lib/llm/pauses'

/** No answer of a model is longer than this; a server that sends more is broken or hostile. */
const maximumBytes = 4 * 1024 * 1024

type Received = { status: number; headers: Headers; body: Buffer | null }

/**
 * A fetch for askers, on node:http because Node's own gives up after five minutes without an answer and a row may wait
 * for hours in an engine's queue. It follows no redirect (one could carry the key elsewhere), resolves with the whole
 * body, so that the caller's deadline also ends one that trickles, and takes the key out of what a refusing server says.
 * With `streams` a good answer in pieces is handed on as it comes: then length and time are the reader's affair.
 */
export function limitedFetch(key: string | null, { streams = false } = {}): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const unlessUnwanted = (error: unknown) => {
      init.signal?.throwIfAborted()
      throw error
    }
    const answer = await opened(url, init).catch(unlessUnwanted)
    if (streams && isStream(answer)) return new Response(asItComes(answer), { status: statusOf(answer), headers: headersOf(answer) })
    const { status, headers, body } = await whole(answer).catch(unlessUnwanted)
    limitPause(headers)
    if (body === null) return new Response(failing(new MolianError('endpoint.too-large', { megabytes: maximumBytes / 1024 / 1024 })), { status, headers })
    if (status === 200 && headers.get('content-type')?.startsWith('text/event-stream')) {
      headers.set('content-type', 'application/json')
      return new Response(wholeOfStream(body.toString('utf8')) ?? '', { status, headers })
    }
    const isRefusal = status >= 400 && key !== null
    const shown = isRefusal ? body.toString('utf8').replaceAll(key, '…') : new Uint8Array(body)
    return new Response(status === 204 || status === 205 || status === 304 ? null : shown, { status, headers })
  }
}

async function opened(url: URL, init: RequestInit): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http
    // A connection of its own for each question: one kept open may be closed by the server just as it is used again.
    const sent = request(url, {
      method: init.method,
      headers: Object.fromEntries(new Headers(init.headers)),
      signal: init.signal ?? undefined,
      agent: false,
    }, resolve)
    sent.on('error', reject)
    sent.end(typeof init.body === 'string' ? init.body : undefined)
  })
}

/** `body` is null where it was longer than anybody reads. */
async function whole(answer: http.IncomingMessage): Promise<Received> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of answer) {
    if (!Buffer.isBuffer(part)) continue
    bytes += part.length
    if (bytes > maximumBytes) return { status: statusOf(answer), headers: headersOf(answer), body: null }
    parts.push(part)
  }
  return { status: statusOf(answer), headers: headersOf(answer), body: Buffer.concat(parts) }
}

function isStream(answer: http.IncomingMessage): boolean {
  return statusOf(answer) === 200 && answer.headers['content-type']?.startsWith('text/event-stream') === true
}

function asItComes(answer: http.IncomingMessage): ReadableStream<Uint8Array> {
  const parts = answer[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const part = await parts.next()
      if (part.done) controller.close()
      else if (Buffer.isBuffer(part.value)) controller.enqueue(new Uint8Array(part.value))
    },
    cancel() {
      answer.destroy()
    },
  })
}

function statusOf(answer: http.IncomingMessage): number {
  return answer.statusCode ?? 0
}

function headersOf(answer: http.IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) if (typeof value === 'string') headers.set(name, value)
  headers.delete('content-length')
  return headers
}

/** Retry-After (seconds or a date) as at most the longest pause, spread a little so that rows do not all come back at once. */
function limitPause(headers: Headers): void {
  const asked = headers.get('retry-after')
  if (asked === null) return
  headers.delete('retry-after')
  const milliseconds = /^\s*[\d.]+\s*$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.now()
  if (Number.isNaN(milliseconds)) return
  headers.set('retry-after-ms', String(Math.round(Math.min(Math.max(0, milliseconds), longestPause) * (1 + Math.random() / 5))))
}

function failing(error: Error): ReadableStream {
  return new ReadableStream({ start: (controller) => controller.error(error) })
}
