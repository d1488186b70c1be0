import { useEffect, useState } from 'react'
import * as z from 'zod/mini'
import type { PalettePlaces } from '@/lib/stages/palette'
import { useRest } from '@/app/_ui/use-rest'

const runKind = z.enum(['passageSet', 'premiseRun', 'datasetVersion', 'trainingRun', 'storyRun', 'submission'])

const placesSchema = z.object({
  projects: z.array(z.object({ id: z.string(), name: z.string() })),
  novels: z.array(z.object({ id: z.number(), title: z.string() })),
  runs: z.array(z.object({ kind: runKind, id: z.string(), ordinal: z.number(), name: z.nullable(z.string()) })),
})

/** Milliseconds without a key after which the words are asked for. */
const typingPause = 120

/** `words` are those that the novels were found by. */
type Found = PalettePlaces & { words: string }

const none: Found = { projects: [], novels: [], runs: [], words: '' }

/** What can be opened by the words, from the server; what was found last stays until more is known. */
export function usePlaces(projectId: string | null, words: string): Found {
  const [places, setPlaces] = useState<Found>(none)
  const later = useRest(typingPause)
  useEffect(() => {
    const leaving = new AbortController()
    const query = new URLSearchParams({ words, ...(projectId === null ? {} : { project: projectId }) })
    const ask = async () => {
      const response = await fetch(`/api/palette?${query}`, { signal: leaving.signal })
      if (response.ok) setPlaces({ ...placesSchema.parse(await response.json()), words })
    }
    // Without an answer the pages and actions are still there.
    const drop = later(() => void ask().catch(() => {}), words === '' ? 0 : typingPause)
    return () => {
      drop()
      leaving.abort()
    }
  }, [projectId, words, later])
  return places
}
