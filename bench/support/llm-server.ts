import { createServer } from 'node:http'
import { z } from 'zod'
import { serverBehaviour, type ServerBehaviour } from '@/bench/support/server-word'

// A process of its own, so that what is measured does not share a thread with what it is measured against.
const body = z.looseObject({ model: z.string() })
let behaviour: ServerBehaviour = { latencyMs: 500, bucket: null }
let [level, filledAt, answered, refused] = [0, performance.now(), 0, 0]

/** Milliseconds until the bucket has one more; 0 where one was taken. */
function take(): number {
  const { bucket } = behaviour
  if (!bucket) return 0
  const now = performance.now()
  level = Math.min(bucket.holds, level + ((now - filledAt) / 60_000) * bucket.perMinute)
  filledAt = now
  if (level < 1) return ((1 - level) / bucket.perMinute) * 60_000
  level -= 1
  return 0
}

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const { model } = body.parse(JSON.parse(Buffer.concat(parts).toString('utf8')))
    const wait = take()
    if (wait > 0) {
      refused += 1
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': String(Math.ceil(wait / 1000)) }).end('{"error":{"message":"too many requests"}}')
      return
    }
    setTimeout(() => {
      answered += 1
      const choices = [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: `第${answered}个渡口，老船夫等着天亮。` } }]
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'b', object: 'chat.completion', created: 0, model, choices, usage: { prompt_tokens: 600, completion_tokens: 20, total_tokens: 620 } }))
    }, behaviour.latencyMs)
  })
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const url = address && typeof address === 'object' ? `http://127.0.0.1:${address.port}/v1` : ''
  const say = () => process.send?.({ url, answered, refused })
  process.on('message', (message) => {
    const next = serverBehaviour.or(z.literal('count')).parse(message)
    if (next !== 'count') {
      behaviour = next
      level = Math.min(level, next.bucket?.holds ?? 0)
    }
    say()
  })
  process.on('disconnect', () => process.exit(0))
  say()
})
