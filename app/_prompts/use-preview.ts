'use client'

import { useEffect, useRef, useState } from 'react'
import { useRest } from '@/app/_ui/use-rest'

/** How long the hand must rest before the preview follows it. */
const rest = 250

/** What a prompt is rendered to as it is being written; `faulty` while it is none, with what it lacks. */
export type Previewed<T> = ({ kind: 'read' } & T) | { kind: 'faulty'; missing: string }

export type PreviewState<T> = {
  /** The newest that could be rendered; null before the first. */
  shown: T | null
  /** It is of earlier words: the present ones are no prompt yet. */
  isStale: boolean
  /** What the present words lack; empty where nothing is known to be. */
  missing: string
  isFaulty: boolean
  hasFailed: boolean
}

/** Has `order` rendered by the server whenever it changes and the hand rests, one question at a time. */
export function usePreview<T>(order: unknown, read: (text: string) => Promise<Previewed<T>>): PreviewState<T> {
  const [state, setState] = useState<PreviewState<T>>({ shown: null, isStale: false, missing: '', isFaulty: false, hasFailed: false })
  const wanted = JSON.stringify(order)
  const asked = useRef('')
  const reading = useRef(false)
  const latest = useRef(wanted)
  const ask = useRef(read)
  const later = useRest(rest)

  useEffect(() => {
    latest.current = wanted
    ask.current = read
    const follow = async () => {
      if (reading.current) return
      reading.current = true
      // Whatever was typed while the server answered is asked for next.
      while (asked.current !== latest.current) {
        const text = latest.current
        asked.current = text
        try {
          const next = await ask.current(text)
          setState((before) =>
            next.kind === 'faulty'
              ? { shown: before.shown, isStale: before.shown !== null, missing: next.missing, isFaulty: true, hasFailed: false }
              : { shown: next, isStale: false, missing: '', isFaulty: false, hasFailed: false },
          )
        } catch {
          setState((before) => ({ ...before, hasFailed: true }))
          break
        }
      }
      reading.current = false
    }
    return later(() => void follow(), asked.current === '' ? 0 : rest)
    // The same reader in every render; only what is asked makes it read again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted, later])
  return state
}
