import { RotateCcw } from 'lucide-react'
import { requestJobCancel, requestJobRetry } from '@/app/jobs/actions'
import { getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { Job } from '@/lib/generated/prisma/client'

/** Cancel for a job that waits or runs, after a question; `name` says which. */
export async function CancelJob({ job, name, small }: { job: Pick<Job, 'id' | 'state' | 'stopRequest'>; name: string; small?: boolean }) {
  if ((job.state !== 'queued' && job.state !== 'running' && job.state !== 'paused') || job.stopRequest === 'cancel') return null
  const t = await getTranslator('jobs')
  return (
    <ConfirmDialog small={small} triggerKind="plain" trigger={t('cancel')} triggerLabel={t('cancelOf', { name })} title={t('cancelOf', { name })} confirm={t('cancel')} action={requestJobCancel} values={{ jobId: job.id }}>
      <p className="m-0">{t('cancelWhat')}</p>
    </ConfirmDialog>
  )
}

/** Goes on with a failed or cancelled job. */
export async function RetryJob({ job, name, small, kind = 'plain' }: { job: Pick<Job, 'id' | 'state'>; name: string; small?: boolean; kind?: 'plain' | 'primary' }) {
  if (job.state !== 'failed' && job.state !== 'cancelled') return null
  const t = await getTranslator('jobs')
  return (
    <ActionForm action={requestJobRetry} values={{ jobId: job.id }} label={t('retryOf', { name })} className="justify-items-start">
      <SubmitButton small={small} kind={kind}>
        <RotateCcw size={14} aria-hidden />
        {job.state === 'cancelled' ? t('resume') : t('retry')}
      </SubmitButton>
    </ActionForm>
  )
}
