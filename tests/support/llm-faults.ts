import { setTimeout as pause } from 'node:timers/promises'
import { refuses, says, type Asked, type Behaviour, type Reply } from '@/tests/support/openai-server'

/** Every answer comes after so many milliseconds. */
export function after(milliseconds: number, behaviour: Behaviour): Behaviour {
  return async (asked, count) => {
    await pause(milliseconds)
    return behaviour(asked, count)
  }
}

export type Bucket = { perMinute: number; holds: number; saysRetryAfter: boolean }

/** Lets through what a bucket of requests holds and refuses the rest with 429 at once, with Retry-After or without. */
export function bucketed(bucket: Bucket, then: Behaviour): Behaviour & { refused(): number } {
  let level = bucket.holds
  let filledAt = performance.now()
  let refused = 0
  const behaviour: Behaviour = (asked, count) => {
    const now = performance.now()
    level = Math.min(bucket.holds, level + ((now - filledAt) / 60_000) * bucket.perMinute)
    filledAt = now
    if (level >= 1) {
      level -= 1
      return then(asked, count)
    }
    refused += 1
    return refuses(429, 'Rate limit reached for requests per min (RPM)', bucket.saysRetryAfter ? { 'retry-after': String(Math.ceil(((1 - level) / bucket.perMinute) * 60)) } : {})
  }
  return Object.assign(behaviour, { refused: () => refused })
}

/** A sign-in page where an answer should be. */
export const webPage: Reply = { headers: { 'content-type': 'text/html' }, body: '<html><title>Sign in</title></html>' }

/** An answer without an answer in it. */
export function noChoices(asked: Asked): Reply {
  return { body: JSON.stringify({ id: 'a', model: asked.body.model, choices: [] }) }
}

/** An answer of which the end is missing. */
export function truncated(asked: Asked, text: string): Reply {
  const whole = says(asked, text)
  return 'body' in whole ? { ...whole, body: whole.body.slice(0, -25) } : whole
}

/** An answer in pieces, though nobody asked for it so; `isWhole` false leaves its end away. */
export function streamed(asked: Asked, text: string, isWhole = true): Reply {
  const isChat = asked.path.endsWith('/chat/completions')
  const piece = (content: string, finish: string | null) => `data: ${JSON.stringify({ model: asked.body.model, choices: [{ index: 0, finish_reason: finish, ...(isChat ? { delta: { content } } : { text: content }) }] })}\n\n`
  const pieces = [...text].map((character) => piece(character, null))
  const usage = `data: ${JSON.stringify({ model: asked.body.model, choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } })}\n\n`
  const end = isWhole ? [piece('', 'stop'), usage, 'data: [DONE]\n\n'] : []
  return { headers: { 'content-type': 'text/event-stream' }, body: [...pieces, ...end].join('') }
}

/** An answer in pieces that a test sends one by one: what was asked for so far, and the server's hand on the open answer. */
export type Hand = {
  /** Sends these pieces of the text. */
  say(...pieces: string[]): void
  /** Sends an event as it is. */
  event(data: unknown): void
  /** Ends the answer with its reason and the count of its tokens. */
  end(finish?: string): void
  /** The connection breaks. */
  breakOff(): void
}

/** Begins a stream and gives the hand on it to `conduct`; `model` is what the server says that it runs. */
export function conducted(asked: Asked, conduct: (hand: Hand) => void, model = asked.body.model): Reply {
  const isChat = asked.path.endsWith('/chat/completions')
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    const event = (data: unknown) => void response.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`)
    const piece = (content: string, finish: string | null) => event({ model, choices: [{ index: 0, finish_reason: finish, ...(isChat ? { delta: { content } } : { text: content }) }] })
    let said = 0
    conduct({
      say(...pieces) {
        said += pieces.length
        for (const content of pieces) piece(content, null)
      },
      event,
      end(finish = 'stop') {
        piece('', finish)
        event({ model, choices: [], usage: { prompt_tokens: 7, completion_tokens: said, total_tokens: 7 + said } })
        event('[DONE]')
        response.end()
      },
      breakOff: () => void response.destroy(),
    })
  }
}
