import { pauseWriting, resumeWriting } from '@/app/projects/[projectId]/stories/[storyRunId]/actions'
import { getTranslator } from '@/app/_i18n/server'
import { PauseForm } from '@/app/_jobs/pause-form'
import type { Job } from '@/lib/generated/prisma/client'

/** Pauses a writing or rewriting that waits or runs, and goes on with one that is paused. */
export async function PauseWriting({ projectId, job, small }: { projectId: string; job: Pick<Job, 'id' | 'state' | 'stopRequest'>; small?: boolean }) {
  const t = await getTranslator('story-tries')
  return (
    <PauseForm
      job={job}
      values={{ projectId, jobId: job.id }}
      pause={{ word: t('pause'), action: pauseWriting }}
      goOn={{ word: t('goOn'), action: resumeWriting }}
      small={small}
    />
  )
}
