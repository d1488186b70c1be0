import { pauseRun, resumeRun } from '@/app/projects/[projectId]/premises/[premiseRunId]/actions'
import { getTranslator } from '@/app/_i18n/server'
import { PauseForm } from '@/app/_jobs/pause-form'
import type { PremiseRunWithJob } from '@/lib/stages/premises/premises'

/** Pauses a run that waits or runs, and goes on with one that is paused. */
export async function PauseButtons({ run }: { run: PremiseRunWithJob }) {
  const t = await getTranslator('premise-run')
  return (
    <PauseForm
      job={run.job}
      values={{ projectId: run.projectId, premiseRunId: run.id }}
      pause={{ word: t('pause'), action: pauseRun }}
      // Where the budget is reached, raising it is what to do.
      goOn={{ word: t('goOn'), action: resumeRun, kind: run.job.pauseReason === 'budget' ? 'plain' : 'primary' }}
    />
  )
}
