'use client'

import { useRef, useState } from 'react'
import * as z from 'zod/mini'
import { readAnswer } from '@/app/_ui/read-answer'
import { type Followed, useFollow } from '@/app/_ui/use-follow'

const columnSchema = z.object({
  place: z.number(),
  epoch: z.number(),
  state: z.enum(['waiting', 'writing', 'written', 'stopped', 'failed']),
  wait: z.nullable(z.enum(['queue', 'engine', 'words'])),
  text: z.string(),
  from: z.number(),
  length: z.number(),
  pieces: z.number(),
  completionTokens: z.nullable(z.number()),
  firstTokenMs: z.nullable(z.number()),
  writingMs: z.nullable(z.number()),
  finishReason: z.nullable(z.string()),
  servedName: z.nullable(z.string()),
  servedSha256: z.nullable(z.string()),
  servedBaseSha256: z.nullable(z.string()),
  error: z.nullable(z.string()),
})
const answerSchema = z.object({ columns: z.array(columnSchema) })

/** A column with all of its text; `length` is in code points. */
export type PlayedColumn = Omit<z.infer<typeof columnSchema>, 'from'>

/**
 * The columns of a play, followed while they grow; only what is new is fetched. `stamp` changes with what the server knows of the
 * play's jobs, which is no word of the play itself. `columns` is null until the first answer.
 */
export function usePlay(playId: string, stamp: string): { columns: readonly PlayedColumn[] | null; reading: Followed } {
  const [columns, setColumns] = useState<readonly PlayedColumn[] | null>(null)
  const known = useRef<readonly PlayedColumn[]>([])
  const read = async () => {
    const have = known.current.map(({ place, epoch, length }) => `have=${place}.${epoch}.${length}`)
    const answer = await readAnswer(`/api/playground/${playId}?${have.join('&')}`, answerSchema)
    known.current = answer.columns.map((column) => grown(known.current.find(({ place }) => place === column.place), column))
    setColumns(known.current)
  }
  const reading = useFollow('plays', playId, read, stamp)
  return { columns, reading }
}

/** Two answers may have been on their way at once: each says from where its text is. */
function grown(before: PlayedColumn | undefined, { from, ...now }: z.infer<typeof columnSchema>): PlayedColumn {
  if (!before || before.epoch !== now.epoch || from === 0) return now
  if (before.length === from) return { ...now, text: before.text + now.text }
  return { ...now, text: [...before.text].slice(0, from).join('') + now.text }
}
