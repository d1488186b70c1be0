'use client'

import { useEffect, useRef, useState } from 'react'
import * as z from 'zod/mini'

const answerSchema = z.object({ count: z.number(), match: z.nullable(z.object({ place: z.number(), number: z.number() })) })

export type LogSearch = {
  text: string
  setText(text: string): void
  /** The match that is shown and how many there are; null while nothing is looked for or the answer is not there. */
  found: z.infer<typeof answerSchema> | null
  go(towards: 'later' | 'earlier'): void
}

const typingMs = 200

/** Looks a text up in a whole log, on the server; `onMatch` is told the place to be shown. A new text begins at the end. */
export function useLogSearch(address: string, total: number, onMatch: (place: number) => void): LogSearch {
  const [text, setText] = useState('')
  const [found, setFound] = useState<LogSearch['found']>(null)
  const latest = useRef({ total, onMatch, number: 0 })
  useEffect(() => {
    latest.current = { ...latest.current, total, onMatch }
  })

  const look = async (from: number, towards: 'later' | 'earlier') => {
    const number = ++latest.current.number
    const response = await fetch(`${address}/search?${new URLSearchParams({ text, from: String(from), towards })}`)
    const answer = answerSchema.parse(await response.json())
    // Of two questions on their way only the later one's answer is shown.
    if (number !== latest.current.number) return
    setFound(answer)
    if (answer.match) latest.current.onMatch(answer.match.place)
  }

  useEffect(() => {
    latest.current.number += 1
    setFound(null)
    if (text === '') return
    const timer = setTimeout(() => void look(Math.max(0, latest.current.total - 1), 'earlier').catch(() => {}), typingMs)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [address, text])

  const go = (towards: 'later' | 'earlier') => {
    const place = found?.match?.place
    if (place !== undefined) void look(Math.max(0, towards === 'later' ? place + 1 : place - 1), towards).catch(() => {})
  }
  return { text, setText, found, go }
}
