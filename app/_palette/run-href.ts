import type { PaletteRun } from '@/lib/stages/palette'

/** The page of a run, within its project. */
export function runHref(run: Pick<PaletteRun, 'kind' | 'id' | 'ordinal'>): string {
  switch (run.kind) {
    case 'passageSet':
      return `passages/${run.ordinal}`
    case 'premiseRun':
      return `premises/${run.id}`
    case 'datasetVersion':
      return `pairs/versions/${run.id}`
    case 'trainingRun':
      return `training/${run.id}`
    case 'storyRun':
      return `stories/${run.id}`
    case 'submission':
      return 'submissions'
  }
}
