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
    maxRetries: options.retries,
    timeout: options.timeoutMs,
    fetch: limitedFetch,
    logLevel: 'off',
  })
  return async (question, signal) => {
    const started = performance.now()
    try {
      const raw = await send(client, server.model, question, signal)
      return { ...raw, latencyMs: Math.round(performance.now() - started) }
    } catch (error) {
      throw asEndpointError(error, server)
    }
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
    return { text: choice?.message.content ?? '', finishReason: choice?.finish_reason ?? 'unknown', ...counted(answer.usage), servedModel: answer.model }
  }
  const answer = completionAnswer.parse(await client.completions.create({ ...sampling, prompt: question.prompt.text, stream: false }, { signal }))
  const choice = answer.choices[0]
  return { text: choice?.text ?? '', finishReason: choice?.finish_reason ?? 'unknown', ...counted(answer.usage), servedModel: answer.model }
}

function counted(tokens: z.infer<typeof usage>): Pick<Answer, 'promptTokens' | 'completionTokens'> {
  return { promptTokens: tokens?.prompt_tokens ?? null, completionTokens: tokens?.completion_tokens ?? null }
}

function asEndpointError(error: unknown, server: Server): unknown {
  const about = { url: server.baseUrl, model: server.model }
  if (error instanceof OpenAI.APIUserAbortError || error instanceof MolianError) return error
  if (error instanceof OpenAI.AuthenticationError || error instanceof OpenAI.PermissionDeniedError) {
    return new MolianError('endpoint.refused', { ...about, status: error.status }, { cause: error })
  }
  if (error instanceof OpenAI.NotFoundError) return new MolianError('endpoint.not-found', about, { cause: error })
  if (error instanceof OpenAI.RateLimitError) return new MolianError('endpoint.too-many', about, { cause: error })
  if (error instanceof OpenAI.BadRequestError) return new MolianError('endpoint.bad-request', { ...about, reason: error.message }, { cause: error })
  if (error instanceof OpenAI.APIConnectionError && error.cause instanceof MolianError) return error.cause
  if (error instanceof OpenAI.APIConnectionTimeoutError) return new MolianError('endpoint.too-slow', about, { cause: error })
  if (error instanceof OpenAI.APIConnectionError) {
    const reason = error.cause instanceof Error ? error.cause.message : error.message
    return new MolianError('endpoint.unreachable', { ...about, reason }, { cause: error })
  }
  if (error instanceof OpenAI.APIError) return new MolianError('endpoint.failed', { ...about, reason: error.message }, { cause: error })
  // A ZodError, a SyntaxError: it answered, but not as the protocol says.
  return new MolianError('endpoint.not-protocol', { ...about }, { cause: error })
}

/** Faults that the next call would meet too: the run stops at once and says so. */
export function endsTheRun(error: unknown): boolean {
  return error instanceof MolianError && ['endpoint.refused', 'endpoint.not-found', 'endpoint.bad-url', 'endpoint.bad-key', 'endpoint.bad-request', 'endpoint.unreachable'].includes(error.code)
}
