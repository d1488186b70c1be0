import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { DELETE, GET, PATCH } from '@/app/api/uploads/[uploadId]/route'
import { POST } from '@/app/api/uploads/route'

// The studio's own upload routes in a process of their own, to be killed: started by startUploadServer, whom it tells its port.
const place = /^\/api\/uploads\/([^/?]+)/

function answer(request: Request, method: string): Promise<Response> {
  const params = Promise.resolve({ uploadId: place.exec(new URL(request.url).pathname)?.[1] ?? '' })
  switch (method) {
    case 'POST':
      return POST(request)
    case 'PATCH':
      return PATCH(request, { params })
    case 'DELETE':
      return DELETE(request, { params })
    default:
      return GET(request, { params })
  }
}

function streamOf(request: IncomingMessage): ReadableStream<Uint8Array> {
  const pieces: AsyncIterator<Buffer> = request[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const next = await pieces.next()
      if (next.done) controller.close()
      else controller.enqueue(new Uint8Array(next.value))
    },
  })
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { host = '', origin } = request.headers
  const method = request.method ?? 'GET'
  const gone = new AbortController()
  request.once('close', () => request.complete || gone.abort())
  const sent = method === 'GET' ? {} : { body: streamOf(request), duplex: 'half' as const }
  const answered = await answer(new Request(`http://${host}${request.url}`, { method, headers: { host, ...(origin ? { origin } : {}) }, signal: gone.signal, ...sent }), method)
  response.writeHead(answered.status, { 'content-type': 'application/json' }).end(await answered.text())
}

const server = createServer((request, response) => {
  serve(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address !== 'string') process.send?.(address.port)
})
