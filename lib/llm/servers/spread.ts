import { MolianError } from '@/lib/errors'
import { type Answer, type Asker, mostRefusals, mostUnusable, type Question, type Server } from '@/lib/llm/ask'
import type { Limiter, Permit } from '@/lib/llm/limiter/limiter'
import { longestPause } from '@/lib/llm/pauses'
import { expectedTokens } from '@/lib/llm/one-call'
import { ListedServer } from '@/lib/llm/servers/listed-server'
import { firstRoom, leastBusy } from '@/lib/llm/servers/place'
import { reach } from '@/lib/llm/servers/reach'

export type SpreadPatience = {
  /** Longest that one call may take. */
  timeoutMs: number
  /** How often a call that broke is made again beyond once at each server, and how often servers that are all away are looked for. */
  retries: number
  /** What lets calls to one address through. */
  limiterOf: (baseUrl: string) => Limiter
  /** Milliseconds between two looks at servers from which answers are awaited. */
  beatMs?: number
  /** Milliseconds before a server that is away is first looked for, doubled with each time in vain. */
  firstLookMs?: number
}

/** What a spread tells of its servers. */
export type SpreadNews = { away(baseUrl: string, error: MolianError): void; back(baseUrl: string): void }

export type Spread = { ask: Asker; close(): void }

const usualBeatMs = 10_000
const usualFirstLookMs = 500
/** Milliseconds within which a server says who it is: some load a model first. */
const introductionMs = 60_000
/** Milliseconds for which the first rows wait for all servers to be heard, so that the quickest is not given them all. */
const graceMs = 2_000
/** Looks in vain at a server that owes answers, after which they are asked of others. */
const mostMisses = 2

/**
 * Several servers with one model as one way to ask. Each is asked for a word first, and gets rows once it has said that it runs the
 * model that the others run. Rows go to the open server that is least busy for its pace; what a server does not answer, another is
 * asked; a server that is away is looked for with growing pauses and comes back by itself. Only with all of them away a question waits,
 * and throws what was wrong when none comes back.
 * @param known the name under which the run's earlier answers came; null: what the servers agree on is learned
 */
export function spreadOver(servers: readonly Server[], patience: SpreadPatience, news: SpreadNews, known: string | null): Spread {
  const all = servers.map((server) => new ListedServer(server, patience.timeoutMs, patience.limiterOf(server.baseUrl)))
  const closing = new AbortController()
  const timers = new Set<NodeJS.Timeout>()
  const listeners = new Set<() => void>()
  let agreed = known
  let lastError: MolianError | null = null
  let isBegun = false
  let isGraceOver = false

  function changed(): void {
    for (const listener of listeners) listener()
  }

  function later(ms: number, work: () => void): void {
    if (closing.signal.aborted) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      work()
    }, ms)
    timers.add(timer)
  }

  function leave(server: ListedServer, error: MolianError, isFinal: boolean, hello: Question): void {
    if (closing.signal.aborted) return
    server.state = { kind: 'away', error, isFinal }
    server.strikes += 1
    lastError = error
    news.away(server.url, error)
    const pause = (patience.firstLookMs ?? usualFirstLookMs) * 2 ** (server.strikes - 1) * (0.75 + Math.random() / 2)
    later(Math.min(longestPause, pause), () => void introduce(server, hello))
    settle(hello)
    changed()
  }

  /** Has a server say who it is; one that cannot is looked for again later. */
  async function introduce(server: ListedServer, hello: Question): Promise<void> {
    const deadline = AbortSignal.any([closing.signal, AbortSignal.timeout(introductionMs)])
    const { baseUrl: url, model } = server.server
    const said = await server.send(hello, deadline).catch(() => null)
    if (closing.signal.aborted) return
    if (said?.kind !== 'answered') return leave(server, said?.fault.error ?? new MolianError('endpoint.too-slow', { url, model }), said?.fault.kind === 'final', hello)
    server.name = said.answer.servedModel
    server.isBack = server.state.kind === 'away'
    server.state = { kind: 'new' }
    settle(hello)
    changed()
  }

  /** Lets in what runs the model that all must run: the one that was asked for where a server says just that, else the first one's, once every server was heard. */
  function settle(hello: Question): void {
    const named = all.filter(({ name, state }) => name !== null && state.kind === 'new')
    agreed ??= named.find(({ name, server }) => name === server.model)?.name ?? (isHeard() ? (named[0]?.name ?? null) : null)
    if (agreed === null) return
    for (const server of named) {
      if (server.state.kind !== 'new') continue
      if (server.name !== agreed) leave(server, otherModel(server, server.name), true, hello)
      else {
        server.state = { kind: 'open' }
        if (server.isBack) news.back(server.url)
      }
    }
  }

  function isHeard(): boolean {
    return all.every(({ name, state }) => name !== null || state.kind === 'away')
  }

  function otherModel({ url }: ListedServer, served: string | null): MolianError {
    return new MolianError('endpoint.other-model', { url, served: served ?? '–', asked: agreed ?? '–' })
  }

  /** A server that owes answers and says nothing may be gone without a word: its questions are not left with it. */
  async function beat(hello: Question): Promise<void> {
    const beatMs = patience.beatMs ?? usualBeatMs
    const doubtful = all.filter((server) => server.open > 0 && server.silentMs() > beatMs)
    await Promise.all(
      doubtful.map(async (server) => {
        const error = await reach(server.server, beatMs)
        server.misses = error === null ? 0 : server.misses + 1
        if (error === null || server.misses < mostMisses) return
        if (server.state.kind === 'open') leave(server, error, false, hello)
        server.takeBack()
      }),
    )
    later(beatMs, () => void beat(hello))
  }

  function begin(question: Question): Question {
    const hello: Question = { ...question, prompt: question.prompt.style === 'chat' ? { style: 'chat', messages: [{ role: 'user', content: '你好' }] } : { style: 'completions', text: '你好' }, temperature: 0, maxTokens: 4, schema: undefined, stop: undefined }
    if (!isBegun) {
      isBegun = true
      for (const server of all) void introduce(server, hello)
      later(patience.beatMs ?? usualBeatMs, () => void beat(hello))
      later(graceMs, () => {
        isGraceOver = true
        changed()
      })
    }
    return hello
  }

  async function placed(tokens: number, signal: AbortSignal, again: boolean): Promise<{ server: ListedServer; permit: Permit }> {
    for (;;) {
      signal.throwIfAborted()
      const there = isHeard() || isGraceOver ? all.filter(({ state }) => state.kind === 'open') : []
      const best = leastBusy(there.filter(({ limiter }) => limiter.hasRoom(tokens)))
      if (best) return { server: best, permit: await best.limiter.permit(tokens, signal, again) }
      const isHopeless = all.every(({ state, strikes }) => state.kind === 'away' && (state.isFinal || strikes > patience.retries))
      if (isHopeless && lastError) throw lastError
      const found = await firstRoom(there, tokens, signal, again, (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      })
      if (found) return found
    }
  }

  async function ask(question: Question, signal: AbortSignal): Promise<Answer> {
    const hello = begin(question)
    const tokens = expectedTokens(question)
    const count = { refused: 0, broken: 0, unusable: 0, final: 0 }
    const most = { refused: mostRefusals * all.length, broken: patience.retries + all.length, unusable: mostUnusable + all.length, final: all.length }
    for (let tries = 0; ; tries += 1) {
      const { server, permit } = await placed(tokens, signal, tries > 0)
      const called = await server.send(question, signal, permit)
      if (called === null) continue
      if (called.kind === 'answered' && called.answer.servedModel === agreed) {
        server.strikes = 0
        return called.answer
      }
      const { error, kind } = called.kind === 'failed' ? called.fault : { error: otherModel(server, called.answer.servedModel), kind: 'final' as const }
      // What one server refuses for its words every server with that model refuses.
      if (error.code === 'endpoint.bad-request') throw error
      const isGone = kind === 'final' || (called.kind === 'failed' && kind !== 'refused' && server.isGoneBy(called.fault))
      if (isGone && server.state.kind === 'open') leave(server, error, kind === 'final', hello)
      count[kind] += 1
      if (count[kind] > most[kind]) throw error
    }
  }

  return {
    ask,
    close() {
      closing.abort()
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}
