'use client'

import { useEffect, useState } from 'react'
import * as z from 'zod/mini'
import { readAnswer } from '@/app/_ui/read-answer'
import { type Followed, useFollow } from '@/app/_ui/use-follow'

const placesSchema = z.object({
  premises: z.array(
    z.object({ ordinal: z.number(), premise: z.string(), passage: z.nullable(z.string()), split: z.nullable(z.enum(['training', 'validation'])), novel: z.string(), chapter: z.string() }),
  ),
  steps: z.array(z.object({ step: z.number(), seconds: z.number() })),
})
const writtenSchema = z.object({ samples: z.array(z.object({ ordinal: z.number(), text: z.string(), tokens: z.number(), ending: z.enum(['whole', 'length', 'time']) })) })

export type SamplePlaces = z.infer<typeof placesSchema>
export type Written = z.infer<typeof writtenSchema>['samples'][number]

/** A run's premises and the steps at which it wrote to them, followed while the page is open. `places` is null until the first answer. */
export function useSamplePlaces(runId: string): { places: SamplePlaces | null; reading: Followed } {
  const [places, setPlaces] = useState<SamplePlaces | null>(null)
  const reading = useFollow('samples', runId, async () => setPlaces(await readAnswer(`/api/training/${runId}/samples`, placesSchema)))
  return { places, reading }
}

/** What was written at a step, fetched once and kept; null for no step and until it is there. */
export function useWritten(runId: string, at: SamplePlaces['steps'][number] | undefined): readonly Written[] | null {
  const [known, setKnown] = useState<ReadonlyMap<string, readonly Written[]>>(new Map())
  // A step that was trained again took another time to write.
  const key = at && `${at.step} ${at.seconds}`
  const step = at?.step
  const isKnown = key !== undefined && known.has(key)
  useEffect(() => {
    if (key === undefined || step === undefined || isKnown) return
    const leaving = new AbortController()
    fetch(`/api/training/${runId}/samples?step=${step}`, { signal: leaving.signal })
      .then(async (response) => {
        const { samples } = writtenSchema.parse(await response.json())
        setKnown((all) => new Map(all).set(key, samples))
      })
      .catch(() => {})
    return () => leaving.abort()
  }, [runId, key, step, isKnown])
  return key === undefined ? null : (known.get(key) ?? null)
}
