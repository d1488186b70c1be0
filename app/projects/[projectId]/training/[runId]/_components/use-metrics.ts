'use client'

import { useEffect, useRef, useState } from 'react'
import { curveAnswer, decodeCurves } from '@/app/_training/curve-answer'
import type { Range } from '@/app/_ui/chart/range'
import { readAnswer } from '@/app/_ui/read-answer'
import { type Followed, useFollow } from '@/app/_ui/use-follow'
import { continued, lastStep, type Metrics, noMetrics } from '@/app/projects/[projectId]/training/[runId]/_components/metric-series'

/** A run's metrics, followed while the page is open: only what is new is fetched. `metrics` is null until the first answer. */
export function useMetrics(runId: string): { metrics: Metrics | null; reading: Followed } {
  const [metrics, setMetrics] = useState<Metrics | null>(null)
  const held = useRef(noMetrics)

  const reading = useFollow('metrics', runId, async function read(): Promise<void> {
    const from = lastStep(held.current)
    const next = continued(held.current, from, await fetchMetrics(runId, from < 0 ? null : { from })) ?? (await fetchMetrics(runId, null))
    held.current = next
    setMetrics(next)
  })
  return { metrics, reading }
}

/** The same metrics of a part of the run, as fine as it is told for so few steps; null until they are there, and without a range. */
export function useDetail(runId: string, range: Range | null): { range: Range; metrics: Metrics } | null {
  const [detail, setDetail] = useState<{ range: Range; metrics: Metrics } | null>(null)
  const [from, to] = [range?.from, range?.to]
  useEffect(() => {
    if (from === undefined || to === undefined) return
    let isWanted = true
    fetchMetrics(runId, { from, to }).then((metrics) => isWanted && setDetail({ range: { from, to }, metrics }), () => {})
    return () => {
      isWanted = false
    }
  }, [runId, from, to])
  return detail && detail.range.from === from && detail.range.to === to ? detail : null
}

/** From the step itself on: the last known one comes again, with what was measured after it was first seen. */
export async function fetchMetrics(runId: string, steps: { from: number; to?: number } | null): Promise<Metrics> {
  const query = new URLSearchParams(steps ? Object.entries(steps).map(([name, step]) => [name, String(step)]) : [])
  const answer = await readAnswer(`/api/training/${runId}/metrics?${query}`, curveAnswer)
  return { epoch: answer.epoch, series: decodeCurves(answer) }
}
