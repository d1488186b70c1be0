import { z } from 'zod'
import { trainingSettings, type TrainingSettings } from '@/lib/settings/training'
import { readMetrics } from '@/lib/stages/training/metrics'
import { listTrainingRuns, resultOf, type TrainingRunWithJob } from '@/lib/stages/training/training'

/** As many runs as one chart can hold apart. */
export const mostCompared = 6

export type SettingName = Exclude<keyof TrainingSettings, 'baseModel'>
export type SettingRow = { name: SettingName; values: (TrainingSettings[SettingName] | null)[] }

/** The runs' ids that have the lowest validation loss of their dataset version: losses on other pairs say nothing of each other. */
export function bestByValidation(runs: readonly TrainingRunWithJob[]): Set<string> {
  const lowest = new Map<string, { id: string; loss: number; rivals: number }>()
  for (const run of runs) {
    const result = resultOf(run)
    const loss = result?.best_validation_loss ?? result?.validation_loss_to ?? null
    if (loss === null) continue
    const known = lowest.get(run.datasetVersionId)
    const rivals = (known?.rivals ?? 0) + 1
    lowest.set(run.datasetVersionId, known && known.loss <= loss ? { ...known, rivals } : { id: run.id, loss, rivals })
  }
  return new Set([...lowest.values()].filter(({ rivals }) => rivals > 1).map(({ id }) => id))
}

/** The settings in which the runs are not all alike, and how many are the same. */
export function differingSettings(runs: readonly Pick<TrainingRunWithJob, 'settings'>[]): { rows: SettingRow[]; same: number } {
  const known = runs.map(({ settings }) => trainingSettings.safeParse(settings).data ?? null)
  const names = trainingSettings.omit({ baseModel: true }).keyof().options
  const rows = names.map((name) => ({ name, values: known.map((settings) => settings?.[name] ?? null) }))
  const differing = rows.filter(({ values }) => new Set(values.map((value) => JSON.stringify(value))).size > 1)
  return { rows: differing, same: names.length - differing.length }
}

/** Two to six runs of a project with their loss curves, in the order asked for; null where they are not so many. */
export async function compareTraining(projectId: string, ids: readonly string[]) {
  const wanted = [...new Set(ids.filter((id) => z.uuid().safeParse(id).success))]
  if (wanted.length < 2) return null
  const all = await listTrainingRuns(projectId)
  const runs = wanted.flatMap((id) => all.find((run) => run.id === id) ?? []).slice(0, mostCompared)
  if (runs.length < 2) return null
  return Promise.all(
    runs.map(async (run) => {
      const series = await readMetrics(run.id, { maxPoints: 600 })
      const points = (name: string) => series.find((each) => each.name === name)?.points ?? []
      return { run, loss: points('loss'), validation: points('validation_loss') }
    }),
  )
}
