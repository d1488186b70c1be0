import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { TokenUse } from '@/gpu-worker/stages/serve-model/counts'
import { Refusal } from '@/gpu-worker/stages/serve-model/refusal'
import { withUsage } from '@/gpu-worker/stages/serve-model/usage'
import { UsageReader } from '@/gpu-worker/stages/serve-model/usage-reader'

export type Proxy = { port: number; close(): Promise<void> }

export type ProxyCounts = { began(): void; ended(use: TokenUse | null): void; turnedAway(): void }

type Settings = { host: string; port: number; engine: string; names: readonly string[]; counts: ProxyCounts; key(): string }

/** Everything else that the engine can do (load adapters, say) is its owner's alone. */
const routes: Readonly<Record<string, 'GET' | 'POST' | undefined>> = { '/v1/models': 'GET', '/v1/chat/completions': 'POST', '/v1/completions': 'POST' }
const longestBody = 16 * 1024 * 1024

/**
 * Stands between other programs and the engine: asks for the key, lets through what writes, streams as the engine does, breaks off
 * there when the caller goes away, and counts. Throws what listening throws.
 */
export async function openProxy({ host, port, engine, names, counts, key }: Settings): Promise<Proxy> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const method = routes[path]
    const turnAway = (status: number, code: string, message: string) => {
      counts.turnedAway()
      refuse(response, status, code, message)
      request.resume()
    }
    if (!isSame(bearer(request), key())) return turnAway(401, 'invalid_api_key', 'Name the key as Authorization: Bearer KEY. Molian shows it on the page Engine.')
    if (method === undefined) return turnAway(404, 'not_found', `There is no ${path} here. There are ${Object.keys(routes).join(', ')}.`)
    if (method !== request.method) return turnAway(405, 'method_not_allowed', `${path} is asked with ${method}.`)
    counts.began()
    // The engine would tell where on this machine each of them lies.
    if (method === 'GET') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(listOf(names))
      return counts.ended(null)
    }
    let use: TokenUse | null = null
    void forward(request, response, new URL(path, engine), (told) => (use = told))
      .catch((error: unknown) => {
        const told = error instanceof Refusal ? error : new Refusal(502, 'engine_unavailable', String(error))
        refuse(response, told.status, told.code, told.message)
      })
      .finally(() => counts.ended(use))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function listOf(names: readonly string[]): string {
  return JSON.stringify({ object: 'list', data: names.map((id) => ({ id, object: 'model', created: 0, owned_by: 'molian' })) })
}

async function forward(request: IncomingMessage, response: ServerResponse, address: URL, onUse: (use: TokenUse) => void): Promise<void> {
  const body = withUsage(await readBody(request))
  const upstream = ask(address, { method: 'POST', headers: { accept: request.headers.accept ?? '*/*', 'content-type': 'application/json', 'content-length': Buffer.byteLength(body.text) } })
  // A caller that goes away is not written for.
  response.once('close', () => upstream.destroy())
  const answered = new Promise<IncomingMessage>((resolve, reject) => upstream.once('response', resolve).once('error', reject))
  upstream.end(body.text)
  const answer = await answered
  const type = answer.headers['content-type'] ?? 'application/json'
  response.writeHead(answer.statusCode ?? 502, { 'content-type': type, 'cache-control': 'no-store' })
  await pipeline(answer, new UsageReader(type.startsWith('text/event-stream'), body.isWanted, onUse), response)
}

/** An answer in the shape that OpenAI's clients show. */
function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  response.writeHead(status, { 'content-type': 'application/json', ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}) })
  response.end(JSON.stringify({ error: { message, type: status === 401 ? 'authentication_error' : 'invalid_request_error', param: null, code } }))
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request) {
    const chunk = Buffer.from(part)
    bytes += chunk.length
    if (bytes > longestBody) throw new Refusal(413, 'too_large', `A request may have ${longestBody} bytes at most.`)
    parts.push(chunk)
  }
  return Buffer.concat(parts).toString('utf8')
}

function bearer(request: IncomingMessage): string {
  return /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
}

/** In a time that says nothing of how much of it is right. */
function isSame(given: string, key: string): boolean {
  const print = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(print(given), print(key))
}
