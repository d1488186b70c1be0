import { setMaxListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import OpenAI from 'openai'
import { checkBaseUrl } from '@/lib/llm/base-url'
import { faultOf, type Fault } from '@/lib/llm/endpoint-fault'
import { limitedFetch } from '@/lib/llm/limited-fetch'
import type { CallEnd, Limiter } from '@/lib/llm/limiter/limiter'
import { longestPause } from '@/lib/llm/longest-pause'
import type { Message } from '@/lib/llm/prompts'
import { charactersOf } from '@/lib/llm/question-length'
import { sendQuestion, type Sent } from '@/lib/llm/send'

export type Server = { baseUrl: string; key: string | null; model: string }

export type Question = {
  /** chat: messages, of which the last is the model's own unfinished one where it `goesOn` (vLLM); completions: one text to go on with. */
  prompt: { style: 'chat'; messages: Message[]; goesOn?: boolean } | { style: 'completions'; text: string }
  temperature: number
  topP: number
  /** 0 leaves it off; sent only when on, since not every server knows it. */
  topK: number
  /** 1 leaves it off; sent only when on. */
  repetitionPenalty: number
  maxTokens: number
  seed: number
  stop?: string[]
  /** The form in which a chat model is to answer, where its server can hold it to one. */
  schema?: { name: string; shape: Record<string, unknown> }
}

export type Answer = {
  text: string
  finishReason: string
  promptTokens: number | null
  completionTokens: number | null
  /** What the server says it ran. */
  servedModel: string
  /** Of the call that was answered, without what came before it. */
  latencyMs: number
}

export type Asker = (question: Question, signal: AbortSignal) => Promise<Answer>

export type Patience = {
  /** Longest that one call may take. */
  timeoutMs: number
  /** How often a call that broke is made again. */
  retries: number
  /** Lets calls through as the endpoint bears them; without one they go at once. */
  limiter?: Limiter
}

/** How often one question is refused for being too many before it is given up: the limiter should have found the pace by then. */
const mostRefusals = 12
/** How often an answer that is none is asked for again: a proxy's error page passes, a wrong address does not. */
const mostUnusable = 2
/** Milliseconds before a call that broke is made again, doubled with each time. */
const firstPause = 500

/** A way to ask one server: retries of what can pass, a deadline, a cap on the answer's size, no redirects. Throws MolianError. */
export function askerFor(server: Server, patience: Patience): Asker {
  const client = new OpenAI({
    baseURL: checkBaseUrl(server.baseUrl),
    apiKey: server.key ?? 'none',
    // Not from the environment: an organisation's name is no business of another server.
    organization: null,
    project: null,
    // Whether and when to try again is decided here and by the limiter alone.
    maxRetries: 0,
    timeout: patience.timeoutMs,
    fetch: limitedFetch(server.key),
    logLevel: 'off',
  })
  return async (question, signal) => {
    const tokens = expectedTokens(question)
    const count = { refused: 0, broken: 0, unusable: 0, final: 0 }
    for (let tries = 0; ; tries += 1) {
      const permit = await patience.limiter?.permit(tokens, signal, tries > 0)
      const started = performance.now()
      let fault: Fault
      try {
        const sent = await whileWanted(signal, (own) => sendQuestion(client, server.model, question, own))
        permit?.end(endOf(sent))
        return { ...sent.answer, latencyMs: Math.round(performance.now() - started) }
      } catch (thrown) {
        fault = faultOf(thrown, server)
        permit?.end(signal.aborted ? { kind: 'ended' } : endOfFault(fault))
        signal.throwIfAborted()
      }
      count[fault.kind] += 1
      const most = { refused: patience.limiter ? mostRefusals : patience.retries, broken: patience.retries, unusable: Math.min(patience.retries, mostUnusable), final: 0 }
      if (count[fault.kind] > most[fault.kind]) throw fault.error
      // Of what is too many the limiter knows when; without one the server's word counts.
      const backOff = Math.min(longestPause, firstPause * 2 ** (count[fault.kind] - 1) * (0.75 + Math.random() / 2))
      const rest = fault.kind === 'refused' && patience.limiter ? 0 : (fault.pauseMs ?? backOff)
      await whileWanted(signal, (own) => pause(rest, undefined, { signal: own }))
    }
  }
}

/** Tokens of prompt and answer, before anything is known: three for four characters, and all that the answer may have. */
function expectedTokens(question: Question): number {
  return Math.ceil(charactersOf(question) * 0.75) + question.maxTokens
}

function endOf({ answer, restMs }: Sent): CallEnd {
  const used = answer.promptTokens !== null && answer.completionTokens !== null ? { tokens: answer.promptTokens + answer.completionTokens } : {}
  return { kind: 'answered', restMs, ...used }
}

function endOfFault({ kind, pauseMs, of }: Fault): CallEnd {
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

/**
 * Ends the work, be it a pause between two tries, when the asking is over. The client never takes its listeners off a
 * signal, so each question has one of its own.
 */
async function whileWanted<T>(signal: AbortSignal, work: (own: AbortSignal) => Promise<T>): Promise<T> {
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
