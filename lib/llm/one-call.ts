import { setMaxListeners } from 'node:events'
import OpenAI from 'openai'
import type { Answer, Question, Server } from '@/lib/llm/ask'
import { checkBaseUrl } from '@/lib/llm/base-url'
import { faultOf, type Fault } from '@/lib/llm/endpoint-fault'
import { limitedFetch } from '@/lib/llm/limited-fetch'
import type { CallEnd, Permit } from '@/lib/llm/limiter/limiter'
import { charactersOf } from '@/lib/llm/question-length'
import { sendQuestion, type Sent } from '@/lib/llm/send'

export type Called = { kind: 'answered'; answer: Answer } | { kind: 'failed'; fault: Fault }

/** Sends a question once and ends its permit; rejects only with the signal's reason. */
export type Caller = (question: Question, signal: AbortSignal, permit?: Permit) => Promise<Called>

/** Calls one server: a deadline, a cap on the answer's size, no redirects, and no second try. Throws endpoint.bad-url. */
export function callerOf(server: Server, timeoutMs: number): Caller {
  const client = clientOf(server, timeoutMs, limitedFetch(server.key))
  return async (question, signal, permit) => {
    const started = performance.now()
    try {
      const sent = await whileWanted(signal, (own) => sendQuestion(client, server.model, question, own))
      permit?.end(endOf(sent))
      return { kind: 'answered', answer: { ...sent.answer, latencyMs: Math.round(performance.now() - started), address: server.baseUrl } }
    } catch (thrown) {
      const fault = faultOf(thrown, server)
      permit?.end(signal.aborted ? { kind: 'ended' } : endOfFault(fault))
      signal.throwIfAborted()
      return { kind: 'failed', fault }
    }
  }
}

/** The protocol's own client of one server, which makes each call once, by `fetch`. Throws endpoint.bad-url. */
export function clientOf({ baseUrl, key }: Server, timeoutMs: number, fetch: ReturnType<typeof limitedFetch>): OpenAI {
  return new OpenAI({
    baseURL: checkBaseUrl(baseUrl),
    apiKey: key ?? 'none',
    // Not from the environment: an organisation's name is no business of another server.
    organization: null,
    project: null,
    // Whether and when to try again is decided by who calls and by the limiter alone.
    maxRetries: 0,
    timeout: timeoutMs,
    fetch,
    logLevel: 'off',
  })
}

/** Tokens of prompt and answer, before anything is known: three for four characters, and all that the answer may have. */
export function expectedTokens(question: Question): number {
  return Math.ceil(charactersOf(question) * 0.75) + question.maxTokens
}

/**
 * Ends the work, be it a pause between two tries, when the asking is over. The client never takes its listeners off a
 * signal, so each question has one of its own.
 */
export async function whileWanted<T>(signal: AbortSignal, work: (own: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted()
  // Every question of a run listens to the same one.
  setMaxListeners(0, signal)
  const own = new AbortController()
  let onAbort = () => {}
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      own.abort(signal.reason)
      reject(signal.reason)
    }
    signal.addEventListener('abort', onAbort)
  })
  try {
    return await Promise.race([work(own.signal), aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

/** How the limiter is told of an answered call. */
export function endOf({ answer, restMs }: Sent): CallEnd {
  const used = answer.promptTokens !== null && answer.completionTokens !== null ? { tokens: answer.promptTokens + answer.completionTokens } : {}
  return { kind: 'answered', restMs, ...used }
}

/** How the limiter is told of a call that failed. */
export function endOfFault({ kind, pauseMs, of }: Fault): CallEnd {
  switch (kind) {
    case 'refused':
      return { kind: 'refused', pauseMs, of }
    case 'broken':
      return { kind: 'failed', pauseMs }
    case 'unusable':
    case 'final':
      return { kind: 'answered', restMs: 0 }
  }
}
