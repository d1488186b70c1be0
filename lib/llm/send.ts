import type OpenAI from 'openai'
import { z } from 'zod'
import type { Answer, Question } from '@/lib/llm/ask'

export const usage = z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish()
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

/** An answer, and how long the server wants to be left alone after it, in milliseconds, where its headers say that nothing is left. */
export type Sent = { answer: Omit<Answer, 'latencyMs' | 'address'>; restMs: number }

/** Sends one question once. Throws what the client throws, and a ZodError where the answer is not as the protocol has it. */
export async function sendQuestion(client: OpenAI, model: string, question: Question, signal: AbortSignal): Promise<Sent> {
  const asked = bodyOf(model, question)
  const sent =
    asked.style === 'chat'
      ? await client.chat.completions.create({ ...asked.body, stream: false }, { signal }).withResponse()
      : await client.completions.create({ ...asked.body, stream: false }, { signal }).withResponse()
  return { answer: wholeAnswer(asked.style, sent.data), restMs: restOf(sent.response.headers) }
}

/** A question as the protocol has it, all but whether the answer is to come in pieces. */
export function bodyOf(model: string, question: Question) {
  const sampling = {
    model,
    temperature: question.temperature,
    top_p: question.topP,
    max_tokens: question.maxTokens,
    seed: question.seed,
    ...(question.stop ? { stop: question.stop } : {}),
    ...(question.priority === undefined ? {} : { priority: question.priority }),
    ...(question.topK > 0 ? { top_k: question.topK } : {}),
    ...(question.repetitionPenalty !== 1 ? { repetition_penalty: question.repetitionPenalty } : {}),
  }
  if (question.prompt.style === 'completions') return { style: 'completions' as const, body: { ...sampling, prompt: question.prompt.text } }
  const format = question.schema ? { response_format: { type: 'json_schema' as const, json_schema: { name: question.schema.name, strict: true, schema: question.schema.shape } } } : {}
  const turn = question.prompt.goesOn ? { continue_final_message: true, add_generation_prompt: false } : {}
  return { style: 'chat' as const, body: { ...sampling, ...format, ...turn, messages: question.prompt.messages } }
}

/** An answer that came in one piece. Throws a ZodError where it is not as the protocol has it. */
export function wholeAnswer(style: Question['prompt']['style'], sent: unknown): Sent['answer'] {
  if (style === 'chat') {
    const { model, choices, usage: tokens } = chatAnswer.parse(sent)
    return { text: storable(choices[0]?.message.content ?? ''), finishReason: choices[0]?.finish_reason ?? 'unknown', ...counted(tokens), servedModel: model }
  }
  const { model, choices, usage: tokens } = completionAnswer.parse(sent)
  return { text: storable(choices[0]?.text ?? ''), finishReason: choices[0]?.finish_reason ?? 'unknown', ...counted(tokens), servedModel: model }
}

/** What a model wrote as the database can hold it: no NUL, no half of a surrogate pair. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd')
}

/** An answer's tokens, where its server counts them. */
export function counted(tokens: z.infer<typeof usage>): Pick<Answer, 'promptTokens' | 'completionTokens'> {
  return { promptTokens: tokens?.prompt_tokens ?? null, completionTokens: tokens?.completion_tokens ?? null }
}

/** Until when nothing more will be taken, by the headers that OpenAI's API and those like it send. */
export function restOf(headers: Headers): number {
  const rests = (['requests', 'tokens'] as const).map((unit) => {
    if (headers.get(`x-ratelimit-remaining-${unit}`) !== '0') return 0
    return durationMs(headers.get(`x-ratelimit-reset-${unit}`) ?? '')
  })
  return Math.max(...rests)
}

/** A duration such as 6m0s, 1.5s or 120ms, in milliseconds; 0 of what is none. */
function durationMs(text: string): number {
  const units = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 }
  const parts = [...text.matchAll(/([\d.]+)(ms|h|m|s)/g)]
  const sum = parts.reduce((total, [, value, unit]) => total + Number(value) * (unit === 'h' || unit === 'm' || unit === 's' || unit === 'ms' ? units[unit] : 0), 0)
  return Number.isFinite(sum) ? sum : 0
}
