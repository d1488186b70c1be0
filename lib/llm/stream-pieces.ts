import { z } from 'zod'
import { MolianError } from '@/lib/errors'
import { piece } from '@/lib/llm/event-stream'
import type { Answer } from '@/lib/llm/ask'
import { counted, usage } from '@/lib/llm/send'

/** One event of an answer: what it adds, and what it says of the whole. */
export type Piece = { text: string; finishReason: string | null; servedModel: string | null; tokens: Pick<Answer, 'promptTokens' | 'completionTokens'> | null }

/** What goes through before an answer is given up as one without end, in bytes; each token comes in an event of some hundred. */
const mostBytes = 64 * 1024 * 1024
const longestEvent = 4 * 1024 * 1024

const refusal = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) }).transform(({ error }) => (typeof error === 'string' ? error : error.message))

/** Thrown for an event that says that the server failed while it answered; `message` is the server's. */
export class StreamFailed extends Error {
  override readonly name = 'StreamFailed'
}

/**
 * The pieces of an answer as they come; the last one is the stream's own [DONE], as null. Throws StreamFailed, a ZodError or
 * SyntaxError of an event that the protocol does not know, and endpoint.too-large.
 */
export async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Piece | null> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let waiting = ''
  let bytes = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      bytes += value.length
      waiting += decoder.decode(value, { stream: true })
      if (bytes > mostBytes || waiting.length > longestEvent) throw new MolianError('endpoint.too-large', { megabytes: (bytes > mostBytes ? mostBytes : longestEvent) / 1024 / 1024 })
      const lines = waiting.split(/\r?\n/)
      waiting = lines.pop() ?? ''
      yield* lines.flatMap(pieceIn)
    }
    // A server may leave out the last line's end.
    yield* pieceIn(waiting)
  } finally {
    await reader.cancel().catch(() => {})
  }
}

function pieceIn(line: string): (Piece | null)[] {
  const data = /^data:\s?(.*)$/.exec(line)?.[1]
  if (data === undefined) return []
  if (data.trim() === '[DONE]') return [null]
  const event: unknown = JSON.parse(data)
  const refused = refusal.safeParse(event)
  if (refused.success) throw new StreamFailed(refused.data)
  const { model, choices, usage: tokens } = piece.parse(event)
  const choice = choices[0]
  const known = usage.safeParse(tokens).data
  return [{ text: choice?.delta?.content ?? choice?.text ?? '', finishReason: choice?.finish_reason ?? null, servedModel: model ?? null, tokens: known ? counted(known) : null }]
}
