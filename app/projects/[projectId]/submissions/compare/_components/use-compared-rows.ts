'use client'

import { useEffect, useRef, useState } from 'react'
import * as z from 'zod/mini'
import { measuresAnswer } from '@/app/_scores/measures-answer'

const storySchema = z.object({ text: z.string(), kind: z.enum(['written', 'continued', 'edited']), finishReason: z.string(), flaws: z.array(z.string()), characters: z.number(), measures: z.nullable(measuresAnswer) })
const rowSchema = z.object({ ordinal: z.number(), premise: z.string(), stories: z.array(z.nullable(storySchema)) })
const answer = z.object({ rows: z.array(rowSchema) })

export type ComparedStory = z.infer<typeof storySchema>
export type ComparedRow = z.infer<typeof rowSchema>

const before = 2
const after = 8
/** Rows kept when one moves on; texts of more would only fill the memory. */
const mostKept = 200

type Known = { ids: string; rows: ReadonlyMap<number, ComparedRow> }

/** The row that is read, with those around it fetched before they are asked for. */
export function useComparedRows(ids: string, ordinals: readonly number[], at: number): { row: ComparedRow | null; failed: boolean } {
  const [known, setKnown] = useState<Known>({ ids, rows: new Map() })
  const [failed, setFailed] = useState(false)
  const asked = useRef(new Set<string>())
  const rows = known.ids === ids ? known.rows : none
  useEffect(() => {
    const nameOf = (ordinal: number) => `${ids} ${ordinal}`
    const wanted = ordinals.slice(Math.max(0, at - before), at + after).filter((ordinal) => !rows.has(ordinal) && !asked.current.has(nameOf(ordinal)))
    const own = ordinals[at]
    // Fetched several at a time while one moves on; at once where somebody jumped.
    if (wanted.length === 0 || (own !== undefined && rows.has(own) && wanted.length < after / 2 && at + after < ordinals.length)) return
    for (const ordinal of wanted) asked.current.add(nameOf(ordinal))
    fetch(`/api/submissions/compare/rows?${ids}&${new URLSearchParams(wanted.map((ordinal) => ['at', String(ordinal)]))}`)
      .then((response) => response.json())
      .then((json) => {
        const read = answer.parse(json).rows
        setKnown((all) => {
          const kept = all.ids === ids && all.rows.size < mostKept ? all.rows : none
          return { ids, rows: new Map([...kept, ...read.map((row) => [row.ordinal, row] as const)]) }
        })
        setFailed(false)
      })
      .catch(() => setFailed(true))
      .finally(() => {
        for (const ordinal of wanted) asked.current.delete(nameOf(ordinal))
      })
  }, [ids, ordinals, at, rows])
  const own = ordinals[at]
  return { row: own === undefined ? null : (rows.get(own) ?? null), failed }
}

const none: ReadonlyMap<number, ComparedRow> = new Map()
