import { getTranslator } from '@/app/_i18n/server'
import { ProgressBar } from '@/app/_ui/progress-bar'
import { progressOf } from '@/lib/stages/jobs'
import type { UploadEntry } from '@/lib/stages/uploads/uploads'

/** How far the reading of an upload is; nothing when it is not being read. */
export async function UploadProgress({ upload }: { upload: UploadEntry }) {
  const { job } = upload
  if (upload.state !== 'reading' || !job) return null
  const t = await getTranslator('uploads')
  if (job.state === 'queued') return <p className="m-0 text-muted">{t('waiting')}</p>
  if (job.state !== 'running') return null
  return (
    <ProgressBar label={t('reading', { name: upload.fileName })} done={job.progressDone} total={job.progressTotal} startedAt={job.startedAt?.getTime()} left={progressOf(job).remainingMs} counts="share" />
  )
}
