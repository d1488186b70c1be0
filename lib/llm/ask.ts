import { setTimeout as pause } from 'node:timers/promises'
import type { Limiter } from '@/lib/llm/limiter/limiter'
import { firstPause, longestPause } from '@/lib/llm/pauses'
import { callerOf, expectedTokens, whileWanted } from '@/lib/llm/one-call'
import type { Message } from '@/lib/llm/prompts'

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
  /** What goes first of all that waits: less is earlier, 0 the usual. For this machine's engine alone; others refuse it. */
  priority?: number
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
  /** The address that answered; null of this machine's engine, whose address is of no use later. */
  address: string | null
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
export const mostRefusals = 12
/** How often an answer that is none is asked for again: a proxy's error page passes, a wrong address does not. */
export const mostUnusable = 2

/** A way to ask one server: retries of what can pass, a deadline, a cap on the answer's size, no redirects. Throws MolianError. */
export function askerFor(server: Server, patience: Patience): Asker {
  const call = callerOf(server, patience.timeoutMs)
  return async (question, signal) => {
    const tokens = expectedTokens(question)
    const count = { refused: 0, broken: 0, unusable: 0, final: 0 }
    for (let tries = 0; ; tries += 1) {
      const permit = await patience.limiter?.permit(tokens, signal, tries > 0)
      const called = await call(question, signal, permit)
      if (called.kind === 'answered') return called.answer
      const { fault } = called
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
