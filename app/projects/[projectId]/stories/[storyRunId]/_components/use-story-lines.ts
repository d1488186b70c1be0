'use client'

import { useRef, useState } from 'react'
import * as z from 'zod/mini'
import { readAnswer } from '@/app/_ui/read-answer'
import { type Followed, useFollow } from '@/app/_ui/use-follow'

const lineSchema = z.object({
  id: z.number(),
  ordinal: z.number(),
  premise: z.string(),
  opening: z.string(),
  characters: z.number(),
  outcome: z.enum(['good', 'refused']),
  flaws: z.array(z.string()),
  finishReason: z.string(),
  completionTokens: z.nullable(z.number()),
  attempts: z.number(),
  kind: z.enum(['written', 'continued', 'edited']),
})
const answerSchema = z.object({ rows: z.array(lineSchema), more: z.boolean() })

export type ShownLine = z.infer<typeof lineSchema>

/** The finished rows of a run in the order in which they came, one that changed at its new place, followed while the page is open. `lines` is null until the first answer. */
export function useStoryLines(storyRunId: string): { lines: readonly ShownLine[] | null; reading: Followed } {
  const [lines, setLines] = useState<readonly ShownLine[] | null>(null)
  const last = useRef(0)
  const reading = useFollow('stories', storyRunId, async function read(): Promise<void> {
    const { rows, more } = await readAnswer(`/api/stories/${storyRunId}/rows?after=${last.current}`, answerSchema)
    last.current = rows.at(-1)?.id ?? last.current
    setLines((before) => continued(before, rows))
    if (more) await read()
  })
  return { lines, reading }
}

/** Adds what is new; the same rows may come twice, and a story that changed comes again under a new id. */
function continued(known: readonly ShownLine[] | null, rows: readonly ShownLine[]): readonly ShownLine[] {
  const last = known?.at(-1)?.id ?? 0
  const fresh = rows.filter((row) => row.id > last)
  if (known && fresh.length === 0) return known
  const changed = new Set(fresh.map(({ ordinal }) => ordinal))
  return [...(known ?? []).filter(({ ordinal }) => !changed.has(ordinal)), ...fresh]
}
