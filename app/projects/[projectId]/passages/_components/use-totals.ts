'use client'

import { useCallback, useEffect, useState } from 'react'
import * as z from 'zod/mini'
import { handOnSettings } from '@/app/projects/[projectId]/passages/_components/hand-on-settings'

const place = z.object({ chapterId: z.number(), ordinal: z.number(), start: z.number(), characters: z.number() })
const tally = z.array(z.tuple([z.number(), z.number()]))
const figures = z.object({
  passages: z.number(),
  characters: z.number(),
  openings: z.number(),
  endings: z.number(),
  midScene: z.number(),
  lengths: tally,
  shortest: z.array(place),
  longest: z.array(place),
})
const line = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scope'), novels: z.number(), characters: z.number() }),
  z.object({ kind: z.literal('figures'), novelId: z.number(), title: z.string(), figures }),
  z.object({ kind: z.literal('tokens'), novelId: z.number(), tokens: tally }),
  z.object({ kind: z.literal('refused'), error: z.string() }),
])

export type NovelTotals = { novelId: number; title: string; figures: z.infer<typeof figures>; tokens: [number, number][] | null }
/** Why there are no more: what the server said, or that its answer broke off. */
export type Refusal = { kind: 'said'; words: string } | { kind: 'broken' }
export type Totals = { novels: number; characters: number; done: NovelTotals[]; refusal: Refusal | null; ended: boolean; /** The question this answers. */ query: string }

const nothing: Totals = { novels: 0, characters: 0, done: [], refusal: null, ended: false, query: '' }
/** Milliseconds after which an unfinished question has its first answer drawn: what comes at once is drawn once. */
const drawEvery = 120
/** Milliseconds in which a change of the settings has either come or was none. */
const comeBack = 3000

/**
 * The totals of a library, asked for when `query` changes and drawn as they come; the question before is given up. What
 * was drawn last stays until the next answer has its first figures, and `isOld` for as long. `again` asks once more.
 */
export function useTotals(query: string): { totals: Totals; isOld: boolean; again: () => void } {
  const [totals, setTotals] = useState<Totals>(nothing)
  const [round, setRound] = useState(0)
  useEffect(() => {
    const asking = new AbortController()
    let sum = { ...nothing, query }
    let timer: ReturnType<typeof setTimeout> | null = null
    const draw = () => {
      timer = null
      setTotals(sum)
    }
    const hear = (text: string) => {
      sum = added(sum, line.parse(JSON.parse(text)))
      if (sum.done.length > 0) timer ??= setTimeout(draw, drawEvery)
    }
    // The question is given up at the first key; should the settings stay what they were, it is asked again.
    const giveUp = () => {
      if (sum.ended) return
      asking.abort()
      back ??= setTimeout(() => setRound((before) => before + 1), comeBack)
    }
    let back: ReturnType<typeof setTimeout> | null = null
    handOnSettings.addEventListener('change', giveUp)
    readLines(`/api/passages/totals?${query}`, asking.signal, hear).then(
      () => setTotals((sum = { ...sum, ended: true })),
      (error: unknown) => {
        if (!asking.signal.aborted) setTotals((sum = { ...sum, ended: true, refusal: error instanceof Refused ? { kind: 'said', words: error.message } : { kind: 'broken' } }))
      },
    )
    return () => {
      asking.abort()
      handOnSettings.removeEventListener('change', giveUp)
      if (timer) clearTimeout(timer)
      if (back) clearTimeout(back)
    }
  }, [query, round])
  const again = useCallback(() => {
    setTotals((before) => ({ ...before, query: '', refusal: null }))
    setRound((before) => before + 1)
  }, [])
  return { totals, isOld: totals.query !== query, again }
}

function added(sum: Totals, next: z.infer<typeof line>): Totals {
  switch (next.kind) {
    case 'scope':
      return { ...sum, novels: next.novels, characters: next.characters }
    case 'figures':
      return { ...sum, done: [...sum.done, { novelId: next.novelId, title: next.title, figures: next.figures, tokens: null }] }
    case 'tokens':
      return { ...sum, done: sum.done.map((novel) => (novel.novelId === next.novelId ? { ...novel, tokens: next.tokens } : novel)) }
    case 'refused':
      return { ...sum, refusal: { kind: 'said', words: next.error } }
  }
}

/** The server's own words, in the reader's language. */
class Refused extends Error {}

async function readLines(url: string, signal: AbortSignal, hear: (line: string) => void): Promise<void> {
  const response = await fetch(url, { signal })
  if (!response.ok || !response.body) throw new Refused(z.object({ error: z.string() }).parse(await response.json()).error)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) break
    const pieces = (rest + value).split('\n')
    rest = pieces.pop() ?? ''
    pieces.forEach(hear)
  }
}
