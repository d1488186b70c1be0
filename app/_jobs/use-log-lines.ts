'use client'

import { useCallback, useRef, useState } from 'react'
import * as z from 'zod/mini'
import { type Followed, useFollow } from '@/app/_ui/use-follow'

const extentSchema = z.object({ total: z.number(), lastId: z.number() })
const linesSchema = z.object({ lines: z.array(z.object({ id: z.number(), source: z.string(), text: z.string(), at: z.optional(z.string()) })) })

export type LogLine = z.infer<typeof linesSchema>['lines'][number]

/** Lines of a page, and pages that are held: all else stays on the server. */
const pageSize = 200
const heldPages = 10

/** Where a log is asked for, and what tells that it has grown. */
export type LogSource = { address: string; topic: 'job' | 'engine-load'; id: string }

export type LogLines = {
  /** How many lines there are; null until the first answer. */
  total: number | null
  /** The line of a place, if it is held. */
  lineAt(place: number): LogLine | undefined
  /** Has the lines of these places fetched, if they are not held. */
  want(from: number, to: number): void
  reading: Followed
}

/** A log by place, growing while it is written; only the pages that were looked at last are held. */
export function useLogLines({ address, topic, id }: LogSource): LogLines {
  const [total, setTotal] = useState<number | null>(null)
  const [, redraw] = useState(0)
  const extent = useRef({ total: 0, lastId: 0 })
  const pages = useRef(new Map<number, readonly LogLine[]>())
  const asked = useRef(new Set<number>())

  const reading = useFollow(topic, id, async () => {
    const next = extentSchema.parse(await ask(address, { ...extent.current }))
    extent.current = next
    setTotal(next.total)
  })

  const want = useCallback((from: number, to: number) => {
    for (let page = Math.floor(from / pageSize); page <= Math.floor(to / pageSize); page++) {
      const due = Math.min(pageSize, extent.current.total - page * pageSize)
      const held = pages.current.get(page)
      if (due <= 0 || asked.current.has(page)) continue
      if (held && held.length >= due) {
        // Looked at anew: the last to be let go.
        pages.current.delete(page)
        pages.current.set(page, held)
        continue
      }
      asked.current.add(page)
      ask(address, { ...extent.current, from: page * pageSize, take: pageSize })
        .then((answer) => {
          pages.current.set(page, linesSchema.parse(answer).lines)
          for (const oldest of [...pages.current.keys()].slice(0, -heldPages)) pages.current.delete(oldest)
        })
        .catch(() => {})
        .finally(() => {
          asked.current.delete(page)
          redraw((count) => count + 1)
        })
    }
  }, [address])

  return { total, want, reading, lineAt: (place) => pages.current.get(Math.floor(place / pageSize))?.[place % pageSize] }
}

async function ask(address: string, query: Record<string, number>): Promise<unknown> {
  const response = await fetch(`${address}?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`)
  if (!response.ok) throw new Error(`The log answered ${response.status}`)
  return response.json()
}
