import { setMaxListeners } from 'node:events'
import OpenAI from 'openai'
import { z } from 'zod'
import { MolianError } from '@/lib/errors'
import { checkBaseUrl } from '@/lib/llm/base-url'
import { limitedFetch } from '@/lib/llm/limited-fetch'
import type { Message } from '@/lib/llm/prompts'

export type Server = { baseUrl: string; key: string | null; model: string }

export type Question = {
  /** chat: messages; completions: one text to go on with. */
  prompt: { style: 'chat'; messages: Message[] } | { style: 'completions'; text: string }
  temperature: number
  topP: number
  /** 0 leaves it off; sent only when on, since not every server knows it. */
  topK: number
  /** 1 leaves it off; sent only when on. */
  repetitionPenalty: number
  maxTokens: number
  seed: number
  stop?: string[]
}

export type Answer = {
  text: string
  finishReason: string
  promptTokens: number | null
  completionTokens: number | null
  /** What the server says it ran. */
  servedModel: string
  latencyMs: number
}

const usage = z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish()
const finish = z.string().nullish().transform((reason) => reason ?? 'unknown')
const chatAnswer = z.object({
  model: z.string(),
  choices: z.array(z.object({ finish_reason: finish, message: z.object({ content: z.string().nullish() }) })).min(1),
  usage,
})
const completionAnswer = z.object({
  model: z.string(),
  choices: z.array(z.object({ finish_reason: finish, text: z.string() })).min(1),
  usage,
})

export type Asker = (question: Question, signal: AbortSignal) => Promise<Answer>

/** A way to ask one server: bounded retries that honour Retry-After, a deadline, a cap on the answer's size, no redirects. */
export function askerFor(server: Server, options: { timeoutMs: number; retries: number }): Asker {
  const client = new OpenAI({
    baseURL: checkBaseUrl(server.baseUrl),
    apiKey: server.key ?? 'none',
    // Not from the environment: an organisation's name is no business of another server.
    organization: null,
    project: null,
    maxRetries: options.retries,
    timeout: options.timeoutMs,
    fetch: limitedFetch(server.key),
    logLevel: 'off',
  })
  return async (question, signal) => {
    const started = performance.now()
    try {
      const raw = await whileWanted(signal, (own) => send(client, server.model, question, own))
      return { ...raw, latencyMs: Math.round(performance.now() - started) }
    } catch (error) {
      signal.throwIfAborted()
      throw asEndpointError(error, server)
    }
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

async function send(client: OpenAI, model: string, question: Question, signal: AbortSignal): Promise<Omit<Answer, 'latencyMs'>> {
  const sampling = {
    model,
    temperature: question.temperature,
    top_p: question.topP,
    max_tokens: question.maxTokens,
    seed: question.seed,
    ...(question.stop ? { stop: question.stop } : {}),
    ...(question.topK > 0 ? { top_k: question.topK } : {}),
    ...(question.repetitionPenalty !== 1 ? { repetition_penalty: question.repetitionPenalty } : {}),
  }
  if (question.prompt.style === 'chat') {
    const answer = chatAnswer.parse(await client.chat.completions.create({ ...sampling, messages: question.prompt.messages, stream: false }, { signal }))
    const choice = answer.choices[0]
    return { text: storable(choice?.message.content ?? ''), finishReason: choice?.finish_reason ?? 'unknown', ...counted(answer.usage), servedModel: answer.model }
  }
  const answer = completionAnswer.parse(await client.completions.create({ ...sampling, prompt: question.prompt.text, stream: false }, { signal }))
  const choice = answer.choices[0]
  return { text: storable(choice?.text ?? ''), finishReason: choice?.finish_reason ?? 'unknown', ...counted(answer.usage), servedModel: answer.model }
}

/** What a model wrote as the database can hold it: no NUL, no half of a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd')
}

function counted(tokens: z.infer<typeof usage>): Pick<Answer, 'promptTokens' | 'completionTokens'> {
  return { promptTokens: tokens?.prompt_tokens ?? null, completionTokens: tokens?.completion_tokens ?? null }
}

function asEndpointError(error: unknown, server: Server): unknown {
  const about = { url: server.baseUrl, model: server.model }
  if (error instanceof MolianError) return error
  if (error instanceof OpenAI.AuthenticationError || error instanceof OpenAI.PermissionDeniedError) {
    return new MolianError('endpoint.refused', { ...about, status: error.status }, { cause: error })
  }
  if (error instanceof OpenAI.NotFoundError) return new MolianError('endpoint.not-found', about, { cause: error })
  if (error instanceof OpenAI.RateLimitError) return new MolianError('endpoint.too-many', about, { cause: error })
  if (error instanceof OpenAI.BadRequestError) return new MolianError('endpoint.bad-request', { ...about, reason: shortened(error.message) }, { cause: error })
  if (error instanceof OpenAI.APIConnectionTimeoutError) return new MolianError('endpoint.too-slow', about, { cause: error })
  if (error instanceof OpenAI.APIConnectionError) {
    const reason = error.cause instanceof Error ? error.cause.message : error.message
    return new MolianError('endpoint.unreachable', { ...about, reason }, { cause: error })
  }
  if (error instanceof OpenAI.APIError && error.status >= 300 && error.status < 400) {
    return new MolianError('endpoint.redirects', { url: server.baseUrl, to: error.headers?.get('location') ?? '?' }, { cause: error })
  }
  if (error instanceof OpenAI.APIError) return new MolianError('endpoint.failed', { ...about, reason: shortened(error.message) }, { cause: error })
  // A ZodError, a SyntaxError: it answered, but not as the protocol says.
  return new MolianError('endpoint.not-protocol', { ...about }, { cause: error })
}

/** A server may answer a fault with a whole page; a sentence needs its beginning. */
function shortened(reason: string): string {
  return reason.length > 400 ? `${reason.slice(0, 400)}…` : reason
}
