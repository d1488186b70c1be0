import { z } from 'zod'
import type { DatasetVersion } from '@/lib/generated/prisma/client'
import { trainingSettings, type TrainingSettings } from '@/lib/settings/training'
import { type DatasetDifference, datasetDifference } from '@/lib/stages/pairs/dataset-difference'
import { readRunFigures, type RunFigures } from '@/lib/stages/training/run-figures'
import { listTrainingRuns, type TrainingRunWithJob } from '@/lib/stages/training/training'

/** As many runs as one chart can hold apart. */
export const mostCompared = 6

export type SettingName = Exclude<keyof TrainingSettings, 'baseModel'>
export type SettingRow = { name: SettingName; values: (TrainingSettings[SettingName] | null)[] }

type Judged = Pick<TrainingRunWithJob, 'id' | 'datasetVersionId'>

/** The runs' ids that have the lowest validation loss of their dataset version: losses on other pairs say nothing of each other. */
export function bestByValidation(runs: readonly Judged[], figures: ReadonlyMap<string, Pick<RunFigures, 'validation'>>): Set<string> {
  const lowest = new Map<string, { id: string; loss: number; rivals: number }>()
  for (const run of runs) {
    const loss = figures.get(run.id)?.validation ?? null
    if (loss === null) continue
    const known = lowest.get(run.datasetVersionId)
    const rivals = (known?.rivals ?? 0) + 1
    lowest.set(run.datasetVersionId, known && known.loss <= loss ? { ...known, rivals } : { id: run.id, loss, rivals })
  }
  return new Set([...lowest.values()].filter(({ rivals }) => rivals > 1).map(({ id }) => id))
}

/** The settings of the runs, those in which they are not all alike and those in which they are. */
export function differingSettings(runs: readonly Pick<TrainingRunWithJob, 'settings'>[]): { rows: SettingRow[]; same: SettingRow[] } {
  const known = runs.map(({ settings }) => trainingSettings.safeParse(settings).data ?? null)
  const names = trainingSettings.omit({ baseModel: true }).keyof().options
  const rows = names.map((name) => ({ name, values: known.map((settings) => settings?.[name] ?? null) }))
  const differs = ({ values }: SettingRow) => new Set(values.map((value) => JSON.stringify(value))).size > 1
  return { rows: rows.filter(differs), same: rows.filter((row) => !differs(row)) }
}

/** Two to six runs of a project with their figures, in the order asked for; null where they are not so many. */
export async function compareTraining(projectId: string, ids: readonly string[]) {
  const wanted = [...new Set(ids.filter((id) => z.uuid().safeParse(id).success))]
  if (wanted.length < 2) return null
  const all = await listTrainingRuns(projectId)
  const runs = wanted.flatMap((id) => all.find((run) => run.id === id) ?? []).slice(0, mostCompared)
  if (runs.length < 2) return null
  const figures = await readRunFigures(runs)
  const best = bestByValidation(runs, figures)
  return runs.map((run) => ({ run, figures: figures.get(run.id) ?? null, isBest: best.has(run.id) }))
}

export type DatasetChange = { from: DatasetVersion; to: DatasetVersion; difference: DatasetDifference }

/** What each dataset version among the runs has other than the first run's; none where all learn from the same. */
export async function datasetChanges(runs: readonly Pick<TrainingRunWithJob, 'datasetVersion'>[]): Promise<DatasetChange[]> {
  const [from] = runs.map((run) => run.datasetVersion)
  const versions = new Map(runs.map((run) => [run.datasetVersion.id, run.datasetVersion]))
  if (!from) return []
  versions.delete(from.id)
  return Promise.all([...versions.values()].map(async (to) => ({ from, to, difference: await datasetDifference(from, to, 3) })))
}
