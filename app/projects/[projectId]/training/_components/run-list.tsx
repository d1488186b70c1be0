import { getTranslator } from '@/app/_i18n/server'
import { RunFilters } from '@/app/projects/[projectId]/training/_components/run-filters'
import { RunTable } from '@/app/projects/[projectId]/training/_components/run-table'
import { trainingSettings, type TrainingSettings } from '@/lib/settings/training'
import { readRunFigures } from '@/lib/stages/training/run-figures'
import { listedRuns, runQuery } from '@/lib/stages/training/run-list'
import type { TrainingRunWithJob } from '@/lib/stages/training/training'

/** A project's runs as the address asks for them. */
export async function RunList({ projectId, runs, asked }: { projectId: string; runs: readonly TrainingRunWithJob[]; asked: Record<string, string | string[] | undefined> }) {
  const [t, figures] = await Promise.all([getTranslator('training'), readRunFigures(runs)])
  const query = runQuery.parse(asked)
  const labels = new Map<string, keyof TrainingSettings>(trainingSettings.omit({ baseModel: true }).keyof().options.map((name) => [t(`setting.${name}`).toLowerCase().replaceAll(' ', ''), name]))
  const shown = listedRuns(runs, figures, query, labels)
  const isLong = runs.length > 2
  return (
    <>
      {isLong && <RunFilters base={`/projects/${projectId}/training`} query={query} runs={runs} />}
      <RunTable projectId={projectId} shown={isLong ? shown : runs} all={runs} figures={figures} />
    </>
  )
}
