import { z } from 'zod'
import type { JobState } from '@/lib/generated/prisma/client'
import type { TrainingSettings } from '@/lib/settings/training'
import type { RunFigures } from '@/lib/stages/training/run-figures'
import { isFound } from '@/lib/stages/training/run-search'
import type { TrainingRunWithJob } from '@/lib/stages/training/training'

export const runSorts = ['newest', 'validation', 'loss', 'duration'] as const
export const runStates = ['waiting', 'running', 'succeeded', 'failed', 'cancelled'] as const
export type RunState = (typeof runStates)[number]

const many = z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string().max(100)).max(50)).catch([])
const states = z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.enum(runStates))).catch([])

/** What the list of runs shows and in which order, as an address says it; what it cannot read it leaves out. */
export const runQuery = z.object({ q: z.string().trim().max(200).catch(''), tag: many, state: states, model: many, dataset: many, sort: z.enum(runSorts).catch('newest') })
export type RunQuery = z.output<typeof runQuery>

/** The runs that the query asks for, in its order; a run without the figure that it sorts by comes last. */
export function listedRuns(runs: readonly TrainingRunWithJob[], figures: ReadonlyMap<string, RunFigures>, query: RunQuery, labels?: ReadonlyMap<string, keyof TrainingSettings>): TrainingRunWithJob[] {
  const wanted = runs.filter((run) => {
    const { model, dataset, state, tag } = query
    if (tag.some((each) => !run.tags.includes(each))) return false
    if (state.length > 0 && !state.includes(stateOf(run.job.state))) return false
    if (model.length > 0 && !model.includes(run.baseModelId)) return false
    if (dataset.length > 0 && !dataset.includes(String(run.datasetVersion.ordinal))) return false
    return isFound({ ...run, model: run.baseModel.name, dataset: run.datasetVersion }, query.q, labels)
  })
  const figure = (run: TrainingRunWithJob): number => {
    switch (query.sort) {
      case 'newest':
        return -run.ordinal
      case 'validation':
        return figures.get(run.id)?.validation ?? Infinity
      case 'loss':
        return figures.get(run.id)?.loss ?? Infinity
      case 'duration':
        return durationOf(run.job) ?? Infinity
    }
  }
  return wanted.map((run) => ({ run, key: figure(run) })).sort((a, b) => compare(a.key, b.key) || b.run.ordinal - a.run.ordinal).map(({ run }) => run)
}

/** Milliseconds from a run's first claim to its end, or to now; null for one that has not begun. */
export function durationOf(job: { startedAt: Date | null; finishedAt: Date | null }, now: Date = new Date()): number | null {
  return job.startedAt ? Math.max(0, (job.finishedAt ?? now).getTime() - job.startedAt.getTime()) : null
}

/** The query as an address has it, without what is usual. */
export function runQueryString(query: RunQuery): URLSearchParams {
  const { q, sort, ...lists } = query
  const params = new URLSearchParams()
  if (q !== '') params.set('q', q)
  for (const [name, values] of Object.entries(lists)) for (const value of values) params.append(name, value)
  if (sort !== 'newest') params.set('sort', sort)
  return params
}

function stateOf(state: JobState): RunState {
  return state === 'queued' || state === 'paused' ? 'waiting' : state
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b
}
