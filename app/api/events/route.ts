import { guardRequest } from '@/app/_guard/guard-request'
import { subscribe } from '@/app/api/events/changes'

export const dynamic = 'force-dynamic'

/** A comment line so often, in milliseconds, so that a dead line is noticed at both ends. */
const beat = 15_000

/**
 * Server-sent events: what changed (never the change itself), of one project or of all. A browser that comes
 * back with Last-Event-ID gets what it missed, or, when that is no longer known, the word to read everything again.
 */
export function GET(request: Request): Response {
  const refusal = guardRequest(request)
  if (refusal) return refusal
  const project = new URL(request.url).searchParams.get('project')
  const lastId = request.headers.get('last-event-id')
  const encoder = new TextEncoder()
  let end = () => {}
  let isOpen = true
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text))
      send('retry: 1000\n\n')
      const unsubscribe = subscribe({ project, lastId }, (event) => send(`id: ${event.id}\ndata: ${JSON.stringify(event.change)}\n\n`))
      const heart = setInterval(() => send(': beat\n\n'), beat)
      end = () => {
        isOpen = false
        clearInterval(heart)
        unsubscribe()
      }
      request.signal.addEventListener('abort', () => {
        // A page that left may have cancelled the stream already; closing it twice would throw where nobody catches.
        if (isOpen) controller.close()
        end()
      }, { once: true })
    },
    cancel: () => end(),
  })
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  })
}
