'use client'

import { useEffect, useState } from 'react'
import * as z from 'zod/mini'

const answer = z.object({
  rows: z.array(z.tuple([z.number(), z.array(z.nullable(z.number()))])),
  wins: z.array(z.number()),
  ties: z.number(),
})
export type Order = z.infer<typeof answer>

/** The rows of a comparison in the order that the query asks for; the last known ones while others are read. */
export function useOrder(query: string): { order: Order | null; failed: boolean; reading: boolean } {
  const [read, setRead] = useState<{ of: string; order: Order | null; failed: boolean }>({ of: '', order: null, failed: false })
  useEffect(() => {
    const away = new AbortController()
    fetch(`/api/submissions/compare?${query}`, { signal: away.signal })
      .then((response) => response.json())
      .then((json) => setRead({ of: query, order: answer.parse(json), failed: false }))
      .catch(() => {
        if (!away.signal.aborted) setRead((before) => ({ ...before, of: query, failed: true }))
      })
    return () => away.abort()
  }, [query])
  return { order: read.order, failed: read.failed, reading: read.of !== query }
}
