'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import * as z from 'zod/mini'

const shownSchema = z.object({ row: z.number(), first: z.number(), second: z.number(), premise: z.string(), left: z.string(), right: z.string(), print: z.string() })
const askedSchema = z.object({ done: z.number(), total: z.number(), questions: z.array(shownSchema) })
const refusedSchema = z.object({ error: z.string() })

type Shown = z.infer<typeof shownSchema>
type Asked = z.infer<typeof askedSchema>
export type Choice = 'left' | 'right' | 'both_good' | 'both_bad' | 'skipped'

const keyOf = ({ row, first, second }: Shown) => `${row} ${first} ${second}`
/** Questions waiting here below which more are fetched. */
const fewWaiting = 5

/** The stories to judge, one pair after the other: the next ones are there before they are asked for, a vote is sent while one reads on. */
export function useQuestions(roundId: string, voter: string) {
  const [waiting, setWaiting] = useState<readonly Shown[]>([])
  const [counts, setCounts] = useState<Pick<Asked, 'done' | 'total'> | null>(null)
  const [history, setHistory] = useState<readonly Shown[]>([])
  const [error, setError] = useState<string | null>(null)
  const said = useRef(new Set<string>())
  const address = `/api/submissions/votes/${roundId}`

  const fetchMore = useCallback(async () => {
    const response = await fetch(`${address}?${new URLSearchParams({ voter })}`)
    const json: unknown = await response.json()
    if (!response.ok) return setError(refusedSchema.parse(json).error)
    const { questions, done, total } = askedSchema.parse(json)
    // The server counts what it has kept; votes may be on their way.
    setCounts((before) => ({ done: Math.max(before?.done ?? 0, done), total }))
    setWaiting((all) => [...all, ...questions.filter((each) => !said.current.has(keyOf(each)) && all.every((other) => keyOf(other) !== keyOf(each)))])
  }, [address, voter])

  useEffect(() => {
    fetchMore().catch((failure: unknown) => setError(String(failure)))
  }, [fetchMore])

  const vote = (preference: Choice, reason: string) => {
    const [shown, ...rest] = waiting
    if (!shown) return
    const { row, first, second, print } = shown
    const isNew = !said.current.has(keyOf(shown))
    said.current.add(keyOf(shown))
    setWaiting(rest)
    setHistory((all) => [...all, shown])
    if (isNew) setCounts((before) => before && { ...before, done: before.done + 1 })
    const send = async () => {
      const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ row, first, second, print, voter, preference, reason }) })
      if (!response.ok) throw new Error(refusedSchema.parse(await response.json()).error)
      setError(null)
      if (rest.length < fewWaiting) await fetchMore()
    }
    // A vote that was not kept is asked for again.
    send().catch((failure: unknown) => {
      setError(failure instanceof Error ? failure.message : String(failure))
      said.current.delete(keyOf(shown))
      if (isNew) setCounts((before) => before && { ...before, done: before.done - 1 })
      setWaiting((all) => [...all, shown])
    })
  }

  const back = () => {
    const last = history.at(-1)
    if (!last) return
    setHistory(history.slice(0, -1))
    setWaiting((all) => [last, ...all])
  }

  const state = waiting.length > 0 ? 'asking' : counts === null || counts.done < counts.total ? 'reading' : 'finished'
  return { shown: waiting[0] ?? null, done: counts?.done ?? 0, total: counts?.total ?? 0, state, error, vote, back, canGoBack: history.length > 0 }
}
