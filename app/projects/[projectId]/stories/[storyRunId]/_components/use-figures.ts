'use client'

import { useEffect, useState } from 'react'
import * as z from 'zod/mini'
import type { Measure } from '@/lib/scoring/measure-kinds'

const answer = z.object({ figures: z.array(z.tuple([z.number(), z.number()])) })

/** One measure of every story by the story's id, read again when there are more stories; empty while it is read or where none is asked for. */
export function useFigures(storyRunId: string, measure: Measure | null, stories: number): ReadonlyMap<number, number> {
  const [read, setRead] = useState<{ of: Measure | null; figures: ReadonlyMap<number, number> }>({ of: null, figures: new Map() })
  useEffect(() => {
    if (measure === null) return
    const away = new AbortController()
    fetch(`/api/stories/${storyRunId}/scores?measure=${measure}`, { signal: away.signal })
      .then((response) => response.json())
      .then((json) => setRead({ of: measure, figures: new Map(answer.parse(json).figures) }))
      .catch(() => {})
    return () => away.abort()
  }, [storyRunId, measure, stories])
  return read.of === measure ? read.figures : none
}

const none: ReadonlyMap<number, number> = new Map()
