import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'
import { z } from 'zod'

const body = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })).optional(),
  prompt: z.string().optional(),
  seed: z.number(),
})

/** A request as the server got it. */
export type Asked = {
  path: string
  /** What follows "Bearer ". */
  key: string | null
  body: z.infer<typeof body>
  /** The prompt of a completion, or the last message. */
  prompt: string
  headers: IncomingMessage['headers']
}

export type Reply = { status?: number; headers?: Record<string, string>; body: string } | ((response: ServerResponse) => void)

/** What the server does with a request; `count` is how many came before it. */
export type Behaviour = (asked: Asked, count: number) => Reply | Promise<Reply>

export type TestServer = {
  /** Base URL, with its /v1. */
  url: string
  log: Asked[]
  /** The most requests that were open at once. */
  mostInFlight(): number
  behave(behaviour: Behaviour): void
  /** What it does with GET /models; at first it has no such path. */
  behaveOnLook(reply: Reply): void
  /** Breaks every connection and listens no more. */
  die(): Promise<void>
  /** Listens again where it did. */
  rise(): Promise<void>
}

/** A local OpenAI-compatible server, chat and completions, that does what it is told; ended with the test. */
export async function startOpenaiServer(first: Behaviour): Promise<TestServer> {
  let behaviour = first
  let inFlight = 0
  let most = 0
  const log: Asked[] = []
  let look: Reply = { status: 404, body: '{}' }

  const server = createServer((request, response) => {
    inFlight += 1
    most = Math.max(most, inFlight)
    response.once('close', () => {
      inFlight -= 1
    })
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
    })
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) if (Buffer.isBuffer(part)) parts.push(part)
    if (request.method === 'GET') return send(look, response)
    const asked = readAsked(request, Buffer.concat(parts).toString('utf8'))
    log.push(asked)
    send(await behaviour(asked, log.length - 1), response)
  }

  function send(reply: Reply, response: ServerResponse): void {
    if (typeof reply === 'function') return reply(response)
    response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers }).end(reply.body)
  }

  async function die(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The test server has no port')
  const { port } = address
  onTestFinished(die)
  return {
    url: `http://127.0.0.1:${port}/v1`,
    log,
    mostInFlight: () => most,
    behave(next) {
      behaviour = next
    },
    behaveOnLook(reply) {
      look = reply
    },
    die,
    rise: () => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve)),
  }
}

function readAsked(request: IncomingMessage, text: string): Asked {
  const parsed = body.parse(JSON.parse(text))
  return {
    path: request.url ?? '',
    key: /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1] ?? null,
    body: parsed,
    prompt: parsed.prompt ?? parsed.messages?.at(-1)?.content ?? '',
    headers: request.headers,
  }
}

type Says = { model?: string; finishReason?: string; promptTokens?: number; completionTokens?: number }

/** An answer as the protocol has it, for either path; the model is the one asked for unless another is named. */
export function says(asked: Asked, text: string, { model, finishReason = 'stop', promptTokens = 7, completionTokens = 3 }: Says = {}): Reply {
  const choice = asked.path.endsWith('/chat/completions')
    ? { index: 0, finish_reason: finishReason, message: { role: 'assistant', content: text } }
    : { index: 0, finish_reason: finishReason, text }
  const usage = { prompt_tokens: promptTokens, completion_tokens: completionTokens, total_tokens: promptTokens + completionTokens }
  return { body: JSON.stringify({ id: 'a', object: 'answer', created: 0, model: model ?? asked.body.model, choices: [choice], usage }) }
}

/** A refusal in the protocol's own form. */
export function refuses(status: number, message: string, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: JSON.stringify({ error: { message, type: 'refused' } }) }
}

/** Holds every answer back until so many requests are open, then lets all of them and every later one through. */
export function together(count: number, then: Behaviour): Behaviour {
  let arrived = 0
  let release = () => {}
  const all = new Promise<void>((resolve) => {
    release = resolve
  })
  return async (asked, before) => {
    arrived += 1
    if (arrived >= count) release()
    await all
    return then(asked, before)
  }
}

/** The connection breaks without an answer. */
export const reset: Reply = (response) => {
  response.destroy()
}

/** Never an answer, until the asker hangs up. */
export const silence: Reply = () => {}

/** Headers at once, then a space now and then and never an end. */
export const trickle: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders()
  const timer = setInterval(() => response.write(' '), 20)
  response.once('close', () => clearInterval(timer))
}

/** A body without end. */
export const flood: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const piece = Buffer.alloc(256 * 1024, ' ')
  const pour = () => {
    while (!response.destroyed && response.write(piece));
  }
  response.on('drain', pour)
  pour()
}
