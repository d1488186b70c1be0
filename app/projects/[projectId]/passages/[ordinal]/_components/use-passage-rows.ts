'use client'

import { useCallback, useRef, useState } from 'react'
import * as z from 'zod/mini'

const row = z.object({
  id: z.number(),
  ordinal: z.number(),
  start: z.number(),
  characters: z.number(),
  place: z.enum(['whole', 'opening', 'middle', 'ending']),
  endsAt: z.enum(['chapter', 'scene', 'paragraph', 'sentence', 'quotation', 'clause', 'character']),
  register: z.enum(['modern', 'early_vernacular', 'classical']),
  novelId: z.number(),
  novel: z.string(),
  chapterId: z.number(),
  chapter: z.string(),
  head: z.string(),
  tail: z.string(),
})
const answer = z.object({ rows: z.array(row) })

export type ShownPassage = z.infer<typeof row>

const piece = 100

/**
 * Lines of a list by their place in it, a hundred at a time: `ask` is called by a line that is drawn and not there yet.
 * `failed` says that an answer did not come; `again` asks for it once more.
 */
export function usePassageRows(passageSetId: string, query: string) {
  const [pieces, setPieces] = useState<ReadonlyMap<number, readonly ShownPassage[]>>(new Map())
  const [failed, setFailed] = useState<readonly number[]>([])
  const asked = useRef(new Set<number>())
  const ask = useCallback(
    (index: number) => {
      const at = Math.floor(index / piece)
      if (asked.current.has(at)) return
      asked.current.add(at)
      read(passageSetId, query, at * piece).then(
        (rows) => setPieces((before) => new Map(before).set(at, rows)),
        () => setFailed((before) => [...before, at]),
      )
    },
    [passageSetId, query],
  )
  const again = () => {
    setFailed([])
    for (const at of failed) {
      asked.current.delete(at)
      ask(at * piece)
    }
  }
  return { rowAt: (index: number) => pieces.get(Math.floor(index / piece))?.[index % piece], ask, failed: failed.length > 0, again }
}

async function read(passageSetId: string, query: string, skip: number): Promise<readonly ShownPassage[]> {
  const response = await fetch(`/api/passages/${passageSetId}/rows?${query}&skip=${skip}`)
  if (!response.ok) throw new Error(`The list was refused with ${response.status}`)
  return answer.parse(await response.json()).rows
}
