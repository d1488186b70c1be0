import { useEffect, useState } from 'react'
import * as z from 'zod/mini'
import { useRest } from '@/app/_ui/use-rest'
import type { PremiseSource } from '@/lib/stages/playground/found-premises'

const fromSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('typed') }),
  z.object({ kind: z.literal('row'), testRowId: z.number() }),
  z.object({ kind: z.literal('pair'), datasetVersionId: z.string(), ordinal: z.number() }),
])
const answerSchema = z.object({ premises: z.array(z.object({ number: z.number(), premise: z.string(), title: z.string(), from: fromSchema })) })

export type FoundPremises = z.infer<typeof answerSchema>['premises']

/** Milliseconds without a key after which the words are looked for. */
const typingPause = 150

/** What a source has for these words, or for this draw; null until it is known, and of no source. */
export function usePremises(projectId: string, source: PremiseSource | null, words: string, draw: number | null): FoundPremises | 'failed' | null {
  const [found, setFound] = useState<FoundPremises | 'failed' | null>(null)
  const later = useRest(typingPause)
  const id = source && (source.kind === 'rows' ? source.testFileId : source.datasetVersionId)
  const kind = source?.kind ?? null
  useEffect(() => {
    if (id === null || kind === null) return
    const leaving = new AbortController()
    const query = new URLSearchParams({ project: projectId, kind, source: id, words, ...(draw === null ? {} : { draw: String(draw) }) })
    const ask = async () => {
      const response = await fetch(`/api/playground/premises?${query}`, { signal: leaving.signal })
      setFound(answerSchema.parse(await response.json()).premises)
    }
    const drop = later(() => void ask().catch(() => leaving.signal.aborted || setFound('failed')), words === '' ? 0 : typingPause)
    return () => {
      drop()
      leaving.abort()
    }
  }, [projectId, id, kind, words, draw, later])
  return found
}
