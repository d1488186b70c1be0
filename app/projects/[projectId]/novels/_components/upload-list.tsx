import { Link } from '@/app/_ui/link'
import { removeUpload } from '@/app/projects/[projectId]/novels/actions'
import { errorSentence } from '@/app/_i18n/error-sentence'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { byteSize } from '@/app/_ui/byte-size'
import { ProgressBar } from '@/app/_ui/progress-bar'
import { Tag } from '@/app/_ui/tag'
import { progressOf } from '@/lib/stages/jobs'
import { isUploadInUse, type UploadWithJob } from '@/lib/stages/uploads'

/** The files that were uploaded: what was read of each, or why it could not be. */
export async function UploadList({ projectId, uploads }: { projectId: string; uploads: readonly UploadWithJob[] }) {
  if (uploads.length === 0) return null
  const t = await getTranslator('novels')
  return (
    <section aria-label={t('files')} className="mt-4 mb-8">
      <ul className="m-0 list-none p-0">
        {uploads.map((upload) => (
          <li key={upload.id} className="grid gap-2 border-b border-line py-2.5">
            <UploadLine projectId={projectId} upload={upload} />
          </li>
        ))}
      </ul>
    </section>
  )
}

async function UploadLine({ projectId, upload }: { projectId: string; upload: UploadWithJob }) {
  const [t, { number }, locale] = await Promise.all([getTranslator('novels'), getFormatter(), getLocale()])
  const { job } = upload
  const refusal = (await isUploadInUse(upload.id)) ? await errorSentence('upload.in-use', { file: upload.fileName }) : undefined
  const failed = upload.state === 'refused' || job?.state === 'failed'
  const reading = !failed && upload.state === 'reading'
  const code = upload.errorCode ?? job?.errorCode ?? null
  const sentence = failed ? await errorSentence(code, upload.errorCode ? upload.errorParams : job?.errorParams, job?.errorText) : null
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="font-semibold [overflow-wrap:anywhere]">{upload.fileName}</span>
        {upload.state === 'ready' && <Tag kind="ok">{t('read')}</Tag>}
        {failed && <Tag kind="bad">{t('refused')}</Tag>}
        {upload.state === 'receiving' && !failed && <Tag>{t('receiving')}</Tag>}
        <span className="text-muted">{byteSize(Number(upload.bytes), locale)}</span>
        {upload.encoding && <span className="text-muted">{upload.encoding}</span>}
        {upload.state === 'ready' && <span className="text-muted">{t('accepted', { count: upload.accepted })}</span>}
        {upload.rejected > 0 && (
          <Link href={`/projects/${projectId}/novels/uploads/${upload.id}`} className="text-gamboge-text underline underline-offset-4">
            {t('rejected', { count: upload.rejected })}
          </Link>
        )}
        {!reading && (
          <span className="ml-auto">
            <ConfirmDialog
              small
              triggerKind="quiet"
              trigger={t('delete')}
              triggerLabel={t('deleteUpload', { name: upload.fileName })}
              title={t('deleteUpload', { name: upload.fileName })}
              removes={upload.accepted > 0 ? [t('removesNovels', { count: number(upload.accepted) })] : [upload.fileName]}
              refusal={refusal}
              confirm={t('delete')}
              action={removeUpload}
              values={{ projectId, uploadId: upload.id }}
            />
          </span>
        )}
      </div>
      {sentence && <p className="m-0 text-seal">{sentence}</p>}
      {reading && job?.state === 'queued' && <p className="m-0 text-muted">{t('waiting')}</p>}
      {reading && job?.state === 'running' && (
        <ProgressBar label={t('reading', { name: upload.fileName })} done={job.progressDone} total={job.progressTotal} startedAt={job.startedAt?.getTime()} left={progressOf(job).remainingMs} counts="share" />
      )}
    </>
  )
}
