import { setMaxListeners } from 'node:events'
import type { MolianError } from '@/lib/errors'
import type { Question, Server } from '@/lib/llm/ask'
import type { Fault } from '@/lib/llm/endpoint-fault'
import type { Limiter, Permit } from '@/lib/llm/limiter/limiter'
import { callerOf, type Called, type Caller } from '@/lib/llm/one-call'

/**
 * new: it is not known yet whether it runs the right model. open: it gets rows. away: it gets none, and is asked now and then
 * whether it is back; `isFinal` where only a person can mend it.
 */
export type ServerState = { kind: 'new' } | { kind: 'open' } | { kind: 'away'; error: MolianError; isFinal: boolean }

/** Calls broken in a row after which a server that can be reached counts as away. */
const mostBroken = 3
/** Weight of the newest answer in the mean of how long answers take. */
const newest = 0.1
/** Milliseconds after which that mean is of yesterday, so that a server that was slow once is tried again. */
const staleAfter = 30_000

/** One server of several: whether it is there, how soon it answers, and what it is busy with. */
export class ListedServer {
  state: ServerState = { kind: 'new' }
  /** How often it was found away since it last answered a row with the right model: a word alone is no sign that rows will do better. */
  strikes = 0
  /** Looks in vain while questions were open. */
  misses = 0
  /** It was away when it last said who it is. */
  isBack = false
  /** What it says it runs. */
  name: string | null = null
  private readonly call: Caller
  private readonly flying = new Set<AbortController>()
  private brokenInRow = 0
  private msEach: number | null = null
  private answeredAt = -Infinity

  constructor(
    readonly server: Server,
    timeoutMs: number,
    readonly limiter: Limiter,
  ) {
    this.call = callerOf(server, timeoutMs)
  }

  get url(): string {
    return this.server.baseUrl
  }

  /** Questions that wait for its answer. */
  get open(): number {
    return this.flying.size
  }

  /** Milliseconds an answer takes; null where nothing recent is known. */
  usualMs(): number | null {
    return performance.now() - this.answeredAt > staleAfter ? null : this.msEach
  }

  /** Milliseconds since it last answered anything. */
  silentMs(): number {
    return performance.now() - this.answeredAt
  }

  /** Asks it; null where the question was taken from it before it had answered. Without a permit it is asked who it is. Rejects only with the signal's reason. */
  async send(question: Question, signal: AbortSignal, permit?: Permit): Promise<Called | null> {
    const own = new AbortController()
    const onAbort = () => own.abort(signal.reason)
    // The limiter is shared with other runs: what this one took and will not use is theirs again.
    if (signal.aborted) permit?.end({ kind: 'unsent' })
    signal.throwIfAborted()
    setMaxListeners(0, signal)
    signal.addEventListener('abort', onAbort)
    this.flying.add(own)
    try {
      const called = await this.call(question, own.signal, permit)
      if (called.kind === 'answered') this.answered(permit ? called.answer.latencyMs : null)
      return called
    } catch (error) {
      signal.throwIfAborted()
      if (own.signal.aborted) return null
      throw error
    } finally {
      signal.removeEventListener('abort', onAbort)
      this.flying.delete(own)
    }
  }

  /** Whether this fault means that it is away: not reached at all, or failing again and again. */
  isGoneBy(fault: Fault): boolean {
    this.brokenInRow += 1
    return fault.error.code === 'endpoint.unreachable' || this.brokenInRow >= mostBroken
  }

  /** Takes back what it was asked: others are asked instead. */
  takeBack(): void {
    for (const flying of this.flying) flying.abort(new Error('The server is away'))
  }

  /** `ms` is null of a word, which says nothing of how long a story takes. */
  private answered(ms: number | null): void {
    if (ms !== null) this.msEach = this.msEach === null ? ms : this.msEach + newest * (ms - this.msEach)
    this.answeredAt = performance.now()
    this.brokenInRow = 0
    this.misses = 0
  }
}
