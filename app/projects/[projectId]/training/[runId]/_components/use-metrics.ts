'use client'

import { useRef, useState } from 'react'
import * as z from 'zod/mini'
import { useFollow } from '@/app/_ui/use-follow'
import { continued, lastStep, type Metrics, noMetrics } from '@/app/projects/[projectId]/training/[runId]/_components/metric-series'

const answerSchema = z.object({
  epoch: z.number(),
  series: z.array(z.object({ name: z.string(), points: z.array(z.object({ step: z.number(), value: z.number() })) })),
})

/** A run's metrics, followed while the page is open: only what is new is fetched. Null until the first answer. */
export function useMetrics(runId: string): Metrics | null {
  const [metrics, setMetrics] = useState<Metrics | null>(null)
  const held = useRef(noMetrics)

  useFollow('metrics', runId, async function read(): Promise<void> {
    const from = lastStep(held.current)
    const next = continued(held.current, from, await fetchMetrics(runId, from)) ?? continued(noMetrics, -1, await fetchMetrics(runId, -1))
    if (!next) return
    held.current = next
    setMetrics(next)
    // The first answer is thinned and may lack the very last steps.
    if (from < 0 && lastStep(next) >= 0) await read()
  })
  return metrics
}

/** From the step itself on: the last known one comes again, with what was measured after it was first seen. */
async function fetchMetrics(runId: string, from: number): Promise<z.infer<typeof answerSchema>> {
  const response = await fetch(`/api/training/${runId}/metrics?after=${from < 0 ? -1 : from - 1}`)
  return answerSchema.parse(await response.json())
}
