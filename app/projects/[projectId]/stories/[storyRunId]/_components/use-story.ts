'use client'

import { useEffect, useState } from 'react'
import * as z from 'zod/mini'

const trySchema = z.object({
  number: z.number(),
  kind: z.enum(['written', 'continued', 'edited']),
  fromNumber: z.nullable(z.number()),
  text: z.string(),
  outcome: z.enum(['good', 'refused']),
  flaws: z.array(z.string()),
  characters: z.number(),
  finishReason: z.string(),
  completionTokens: z.nullable(z.number()),
  seed: z.number(),
  latencyMs: z.number(),
})
const storySchema = z.object({ testRowId: z.number(), text: z.string(), tryNumber: z.number(), chosenByPerson: z.boolean(), tries: z.array(trySchema) })

export type ShownTry = z.infer<typeof trySchema>
export type ShownStory = z.infer<typeof storySchema>

/** A whole story with every try of its row; null while it is read. */
export function useStory(storyRunId: string, storyId: number, attempts: number): ShownStory | 'failed' | null {
  const [story, setStory] = useState<ShownStory | 'failed' | null>(null)
  useEffect(() => {
    const away = new AbortController()
    fetch(`/api/stories/${storyRunId}/rows/${storyId}`, { signal: away.signal })
      .then((response) => response.json())
      .then((answer) => setStory(storySchema.parse(answer)))
      .catch(() => {
        if (!away.signal.aborted) setStory('failed')
      })
    return () => away.abort()
  }, [storyRunId, storyId, attempts])
  return story
}
