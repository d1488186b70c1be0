import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'

export type HubFile = { path: string; content: Buffer; /** Kept apart from git, as weights are, and known by its SHA-256. */ lfs?: boolean }

/** A request as the server got it. */
export type HubRequest = { path: string; range: string | null; token: string | null; onOtherHost: boolean }

/**
 * What is wrong with an answer for a file: other bytes, no ranges, a status; or it stands still after `after` bytes until `until`,
 * and goes on from there or breaks off. `until` makes sure that those bytes came: what lies unread when a line breaks is lost.
 */
export type HubFault = { flip?: boolean; ignoreRange?: boolean; status?: number; still?: { after: number; until: Promise<void>; ending: 'break' | 'goes on' } }

export type HubServer = {
  url: string
  log: HubRequest[]
  publish(repository: string, files: HubFile[]): void
  /** One for each of the next answers. */
  fault(file: string, ...faults: HubFault[]): void
  /** Leaves hashes out of listings: then those that come with the bytes count. */
  hideHashes(): void
}

const commit = 'c0ffee'.repeat(7).slice(0, 40)

/** A local server that speaks the paths of both hubs, Hugging Face's with files at another host name; ended with the test. */
export async function startHubServer(): Promise<HubServer> {
  const models = new Map<string, HubFile[]>()
  const faults = new Map<string, HubFault[]>()
  const log: HubRequest[] = []
  let hides = false
  let origin = ''

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin)
    const onOtherHost = !(request.headers.host ?? '').startsWith('127.0.0.1')
    log.push({ path: url.pathname + url.search, range: request.headers.range ?? null, token: /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null, onOtherHost })
    const path = decodeURIComponent(url.pathname)
    const info = /^\/api\/models\/([^/]+\/[^/]+)\/revision\/main$/.exec(path)
    if (info?.[1]) return json(response, models.has(info[1]) ? { sha: commit } : null)
    const tree = /^\/api\/models\/([^/]+\/[^/]+)\/tree\/([0-9a-f]{40})$/.exec(path)
    if (tree?.[1] && tree[2] === commit) return treePage(response, tree[1], Number(url.searchParams.get('cursor') ?? 0))
    const list = /^\/api\/v1\/models\/([^/]+\/[^/]+)\/repo\/files$/.exec(path)
    if (list?.[1]) return modelScopeList(response, list[1])
    const one = /^\/api\/v1\/models\/([^/]+\/[^/]+)\/repo$/.exec(path)
    if (one?.[1]) return bytes(request, response, find(one[1], url.searchParams.get('FilePath') ?? ''))
    const stored = /^\/stored\/([^/]+\/[^/]+)\/(.+)$/.exec(path)
    if (stored?.[1] && stored[2]) return bytes(request, response, find(stored[1], stored[2]))
    const resolved = /^\/([^/]+\/[^/]+)\/resolve\/[0-9a-f]{40}\/(.+)$/.exec(path)
    const file = resolved?.[1] && resolved[2] ? find(resolved[1], resolved[2]) : undefined
    if (!file || !file.lfs) return bytes(request, response, file)
    // As the hub does: large files lie elsewhere, the redirect says whose bytes they are.
    response.writeHead(302, { location: `${origin.replace('127.0.0.1', 'localhost')}/stored/${resolved?.[1]}/${file.path}`, 'x-linked-etag': `"${sha256(file.content)}"`, 'x-linked-size': String(file.content.length) }).end()
  }

  const find = (repository: string, path: string) => models.get(repository)?.find((file) => file.path === path)

  /** Two files a page. */
  function treePage(response: ServerResponse, repository: string, cursor: number): void {
    const files = models.get(repository) ?? []
    const next: Record<string, string> = cursor + 2 < files.length ? { link: `<${origin}/api/models/${repository}/tree/${commit}?cursor=${cursor + 2}>; rel="next"` } : {}
    const entries = files.slice(cursor, cursor + 2).map((file) => ({
      type: 'file',
      path: file.path,
      size: file.content.length,
      ...(hides ? {} : { oid: gitId(file.content), ...(file.lfs ? { lfs: { oid: sha256(file.content), size: file.content.length, pointerSize: 130 } } : {}) }),
    }))
    json(response, [...(cursor === 0 ? [{ type: 'directory', path: 'onnx', size: 0, oid: commit }] : []), ...entries], next)
  }

  function modelScopeList(response: ServerResponse, repository: string): void {
    const files = models.get(repository)
    if (!files) return json(response, { Code: 10010205001, Message: 'not found', Success: false, Data: null })
    json(response, { Code: 200, Success: true, Data: { Files: files.map((file) => ({ Path: file.path, Name: file.path, Type: 'blob', Size: file.content.length, Sha256: sha256(file.content) })) } })
  }

  async function bytes(request: IncomingMessage, response: ServerResponse, file: HubFile | undefined): Promise<void> {
    if (!file) return void response.writeHead(404).end()
    const fault = faults.get(file.path)?.shift()
    if (fault?.status) return void response.writeHead(fault.status).end()
    const start = fault?.ignoreRange ? 0 : Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const body = Buffer.from(file.content.subarray(start))
    if (fault?.flip && body.length > 0) body[body.length - 1] = (body.at(-1) ?? 0) ^ 1
    const total = file.content.length
    response.writeHead(start > 0 ? 206 : 200, { etag: `"${file.lfs ? sha256(file.content) : gitId(file.content)}"`, 'content-length': total - start, ...(start > 0 ? { 'content-range': `bytes ${start}-${total - 1}/${total}` } : {}) })
    if (!fault?.still) return void response.end(body)
    response.write(body.subarray(0, fault.still.after))
    await fault.still.until
    if (fault.still.ending === 'break') response.destroy()
    else response.end(body.subarray(fault.still.after))
  }

  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The hub has no port')
  origin = `http://127.0.0.1:${address.port}`
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return { url: origin, log, publish: (repository, files) => void models.set(repository, files), fault: (file, ...list) => void faults.set(file, list), hideHashes: () => void (hides = true) }
}

function json(response: ServerResponse, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(body === null ? 404 : 200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** As git names a file's bytes. */
function gitId(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
}
