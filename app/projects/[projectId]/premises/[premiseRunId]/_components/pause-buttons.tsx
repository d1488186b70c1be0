import { Pause, Play } from 'lucide-react'
import { pauseRun, resumeRun } from '@/app/projects/[projectId]/premises/[premiseRunId]/actions'
import { getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { PremiseRunWithJob } from '@/lib/stages/premises/premises'

/** Pauses a run that waits or runs, and goes on with one that is paused. */
export async function PauseButtons({ run }: { run: PremiseRunWithJob }) {
  const t = await getTranslator('premise-run')
  const { job } = run
  const values = { projectId: run.projectId, premiseRunId: run.id }
  if (job.state === 'paused') {
    return (
      <ActionForm action={resumeRun} values={values} label={t('goOn')}>
        {/* Where the budget is reached, raising it is what to do. */}
        <SubmitButton kind={job.pauseReason === 'budget' ? 'plain' : 'primary'}>
          <Play size={14} aria-hidden />
          {t('goOn')}
        </SubmitButton>
      </ActionForm>
    )
  }
  if ((job.state !== 'running' && job.state !== 'queued') || job.stopRequest !== 'none') return null
  return (
    <ActionForm action={pauseRun} values={values} label={t('pause')}>
      <SubmitButton>
        <Pause size={14} aria-hidden />
        {t('pause')}
      </SubmitButton>
    </ActionForm>
  )
}
