import { Pause, Play } from 'lucide-react'
import { pauseWriting, resumeWriting } from '@/app/projects/[projectId]/stories/[storyRunId]/actions'
import { getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { Job } from '@/lib/generated/prisma/client'

/** Pauses a writing or rewriting that waits or runs, and goes on with one that is paused. */
export async function PauseWriting({ projectId, job, small }: { projectId: string; job: Pick<Job, 'id' | 'state' | 'stopRequest'>; small?: boolean }) {
  const t = await getTranslator('story-tries')
  const values = { projectId, jobId: job.id }
  if (job.state === 'paused') {
    return (
      <ActionForm action={resumeWriting} values={values} label={t('goOn')}>
        <SubmitButton kind="primary" small={small}>
          <Play size={14} aria-hidden />
          {t('goOn')}
        </SubmitButton>
      </ActionForm>
    )
  }
  if ((job.state !== 'running' && job.state !== 'queued') || job.stopRequest !== 'none') return null
  return (
    <ActionForm action={pauseWriting} values={values} label={t('pause')}>
      <SubmitButton small={small}>
        <Pause size={14} aria-hidden />
        {t('pause')}
      </SubmitButton>
    </ActionForm>
  )
}
