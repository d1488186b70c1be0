'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl/react'
import { ReadFailed } from '@/app/_ui/read-failed'
import { noMetrics } from '@/app/projects/[projectId]/training/[runId]/_components/metric-series'
import { RunCharts } from '@/app/projects/[projectId]/training/[runId]/_components/run-charts'
import { RunFigures } from '@/app/projects/[projectId]/training/[runId]/_components/run-figures'
import { useMetrics } from '@/app/projects/[projectId]/training/[runId]/_components/use-metrics'

export type RunStanding = {
  running: boolean
  /** It ended before its end: what of it is kept is its newest checkpoint, if it has one. */
  isCut: boolean
  keptStep: number | null
  done: number
  total: number
  /** Milliseconds since 1970; null before the start or the end. */
  startedAt: number | null
  finishedAt: number | null
  /** Milliseconds, as the header says it; null while there is no estimate. */
  left: number | null
  /** Optimiser steps that pass once through the training pairs. */
  stepsPerEpoch: number
}

/** The figures and the curves of a run, moving on with every step; `below` the curves and `aside` stands what does not move. */
export function LiveRun({ runId, name, standing, below, aside }: { runId: string; name: string; standing: RunStanding; below: ReactNode; aside: ReactNode }) {
  const t = useTranslations('training')
  const { metrics: read, reading } = useMetrics(runId)
  const metrics = read ?? noMetrics
  const empty = read === null ? (reading.isFailed ? '–' : t('metricsReading')) : standing.running ? t('metricsNotYet') : t('metricsNone')
  return (
    <>
      <RunFigures metrics={metrics} standing={standing} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="grid min-w-0 gap-6">
          <ReadFailed read={reading} />
          <RunCharts runId={runId} name={name} metrics={metrics} stepsPerEpoch={standing.stepsPerEpoch} empty={empty} />
          {below}
        </div>
        <div className="grid min-w-0 gap-6">{aside}</div>
      </div>
    </>
  )
}
