import { setTimeout as pause } from 'node:timers/promises'
import OpenAI from 'openai'
import { MolianError } from '@/lib/errors'
import type { Answer, Question, Server } from '@/lib/llm/ask'
import { faultOf, type Fault } from '@/lib/llm/endpoint-fault'
import { limitedFetch } from '@/lib/llm/limited-fetch'
import type { Limiter } from '@/lib/llm/limiter/limiter'
import { clientOf, endOf, endOfFault, expectedTokens, whileWanted } from '@/lib/llm/one-call'
import { firstPause } from '@/lib/llm/pauses'
import { bodyOf, restOf, type Sent, storable, wholeAnswer } from '@/lib/llm/send'
import { piecesOf, StreamFailed } from '@/lib/llm/stream-pieces'

/** What there is of an answer while it is written: all of its text so far, and in how many pieces it came. */
export type Heard = {
  text: string
  pieces: number
  servedModel: string
  /** From the question to the first words, and from there on. */
  firstTokenMs: number
  writingMs: number
}

/** `firstTokenMs` is null of an answer without words. */
export type StreamedAnswer = Omit<Answer, 'latencyMs'> & Pick<Heard, 'pieces' | 'writingMs'> & { firstTokenMs: number | null }

/** Asks and lets `hear` follow the answer; what `hear` throws ends the asking. */
export type StreamAsker = (question: Question, signal: AbortSignal, hear: (heard: Heard) => void) => Promise<StreamedAnswer>

export type StreamPatience = {
  /** Longest wait for the first word. */
  firstWordMs: number
  /** Longest silence between two words. */
  silenceMs: number
  /** How often a call that brought no word is made again; at a server with several addresses each is asked in turn. */
  retries: number
  /** What lets calls to one address through. */
  limiterOf?: (baseUrl: string) => Limiter
}

/** Somebody reads along and waits: no rest between two tries is longer than this, in milliseconds, whatever a server asks for. */
const longestRestOfAReader = 10_000

/**
 * A way to ask a server, by any of its addresses, for an answer in pieces. An answer that breaks off once there are words of it is not
 * asked for again: whoever reads along has seen them. Throws MolianError: what askers throw, and endpoint.cut-off.
 */
export function streamAskerFor(servers: readonly [Server, ...Server[]], patience: StreamPatience): StreamAsker {
  return async (question, signal, hear) => {
    for (let tries = 0; ; tries += 1) {
      const server = servers[tries % servers.length] ?? servers[0]
      const called = await callOnce(server, patience, question, signal, hear, tries > 0)
      if (called.kind === 'answered') return called.answer
      const { fault, isHeard } = called
      const isLast = tries >= patience.retries + servers.length - 1
      // A model that one address does not know, another may have.
      const canPass = fault.kind !== 'final' || servers.length > 1
      if (isHeard || isLast || !canPass || fault.error.code === 'endpoint.bad-request') throw fault.error
      const rest = fault.pauseMs ?? (tries + 1 < servers.length ? 0 : firstPause * 2 ** tries)
      await whileWanted(signal, (own) => pause(Math.min(longestRestOfAReader, rest), undefined, { signal: own }))
    }
  }
}

type Called = { kind: 'answered'; answer: StreamedAnswer } | { kind: 'failed'; fault: Fault; isHeard: boolean }

async function callOnce(server: Server, patience: StreamPatience, question: Question, signal: AbortSignal, hear: (heard: Heard) => void, again: boolean): Promise<Called> {
  const permit = await patience.limiterOf?.(server.baseUrl).permit(expectedTokens(question), signal, again)
  const started = performance.now()
  const watch = new Watch(patience.firstWordMs)
  const course: { firstAt: number | null; pieces: number; refusal: { by: unknown } | null } = { firstAt: null, pieces: 0, refusal: null }
  const figures = () => {
    const now = performance.now()
    return { firstTokenMs: Math.round((course.firstAt ?? now) - started), writingMs: Math.round(now - (course.firstAt ?? now)) }
  }
  const follow = (part: Part) => {
    watch.again(patience.silenceMs)
    if (part.pieces === course.pieces) return
    course.pieces = part.pieces
    course.firstAt ??= performance.now()
    try {
      hear({ ...part, ...figures() })
    } catch (thrown) {
      course.refusal = { by: thrown }
      throw thrown
    }
  }
  try {
    const { sent, pieces } = await whileWanted(signal, (own) => whileWanted(watch.signal, () => stream(server, question, AbortSignal.any([own, watch.signal]), follow)))
    permit?.end(endOf(sent))
    const { firstTokenMs, writingMs } = figures()
    return { kind: 'answered', answer: { ...sent.answer, firstTokenMs: course.firstAt === null ? null : firstTokenMs, writingMs, pieces, address: server.baseUrl } }
  } catch (thrown) {
    const isHeard = course.firstAt !== null
    const fault = faultOf(watch.signal.aborted ? new OpenAI.APIConnectionTimeoutError() : ofStream(thrown, server, isHeard), server)
    permit?.end(signal.aborted || course.refusal ? { kind: 'ended' } : endOfFault(fault))
    signal.throwIfAborted()
    if (course.refusal) throw course.refusal.by
    return { kind: 'failed', fault, isHeard }
  } finally {
    watch.end()
  }
}

/** An answer so far; without a new piece the server only says that it is at it. */
type Part = Pick<Heard, 'text' | 'pieces' | 'servedModel'>

async function stream(server: Server, question: Question, signal: AbortSignal, hear: (part: Part) => void): Promise<{ sent: Sent; pieces: number }> {
  // How long it may take is for the watch to say.
  const client = clientOf(server, 24 * 3600_000, limitedFetch(server.key, { streams: true }))
  const response = await opened(client, server.model, question, signal)
  const restMs = restOf(response.headers)
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (!isStream || response.body === null) {
    // A server that answers in one piece though it was asked for many has answered all the same.
    const answer = wholeAnswer(question.prompt.style, await response.json())
    hear({ text: answer.text, pieces: answer.text === '' ? 0 : 1, servedModel: answer.servedModel })
    return { sent: { answer, restMs }, pieces: answer.text === '' ? 0 : 1 }
  }
  let raw = ''
  let pieces = 0
  let isDone = false
  const known = { servedModel: '', finishReason: '', promptTokens: null as number | null, completionTokens: null as number | null }
  for await (const piece of piecesOf(response.body)) {
    if (piece === null) {
      isDone = true
      break
    }
    if (piece.servedModel !== null && known.servedModel !== '' && piece.servedModel !== known.servedModel) {
      throw new MolianError('stories.wrong-model', { served: piece.servedModel, asked: known.servedModel })
    }
    known.servedModel ||= piece.servedModel ?? ''
    known.finishReason = piece.finishReason ?? known.finishReason
    Object.assign(known, piece.tokens)
    raw += piece.text
    pieces += piece.text === '' ? 0 : 1
    hear({ text: storable(raw), pieces, servedModel: known.servedModel })
  }
  if (!isDone && known.finishReason === '') throw new MolianError('endpoint.cut-off', { url: server.baseUrl, model: server.model })
  return { sent: { answer: { ...known, finishReason: known.finishReason || 'unknown', text: storable(raw) }, restMs }, pieces }
}

/** The answer's head; a server that does not know the wish for a count of tokens is asked without it. */
async function opened(client: OpenAI, model: string, question: Question, signal: AbortSignal, counts = true): Promise<Response> {
  const asked = bodyOf(model, question)
  const options = counts ? { stream_options: { include_usage: true } } : {}
  try {
    return asked.style === 'chat'
      ? await client.chat.completions.create({ ...asked.body, ...options, stream: true }, { signal }).asResponse()
      : await client.completions.create({ ...asked.body, ...options, stream: true }, { signal }).asResponse()
  } catch (error) {
    if (counts && error instanceof OpenAI.BadRequestError && /stream_options/.test(error.message)) return opened(client, model, question, signal, false)
    throw error
  }
}

/** What a stream threw, as the client would have said it. */
function ofStream(thrown: unknown, server: Server, isHeard: boolean): unknown {
  const about = { url: server.baseUrl, model: server.model }
  if (thrown instanceof StreamFailed) return new MolianError('endpoint.failed', { ...about, reason: thrown.message }, { cause: thrown })
  const isBroken = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' && !(thrown instanceof MolianError || thrown instanceof OpenAI.OpenAIError)
  if (!isBroken) return thrown
  return isHeard ? new MolianError('endpoint.cut-off', about, { cause: thrown }) : new OpenAI.APIConnectionError({ message: thrown.message, cause: thrown })
}

/** A deadline that each word puts off. */
class Watch {
  private readonly over = new AbortController()
  private timer: NodeJS.Timeout

  constructor(firstMs: number) {
    this.timer = this.set(firstMs)
  }

  get signal(): AbortSignal {
    return this.over.signal
  }

  again(ms: number): void {
    clearTimeout(this.timer)
    this.timer = this.set(ms)
  }

  end(): void {
    clearTimeout(this.timer)
  }

  private set(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.over.abort(new Error('silence')), ms)
  }
}
