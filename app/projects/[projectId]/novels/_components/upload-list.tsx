import { errorSentence } from '@/app/_i18n/error-sentence'
import { errorLocale } from '@/app/_i18n/locale'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { removeUpload } from '@/app/projects/[projectId]/novels/uploads/actions'
import { EncodingLink } from '@/app/projects/[projectId]/novels/_components/encoding-link'
import { UploadProgress } from '@/app/projects/[projectId]/novels/_components/upload-progress'
import { byteSize } from '@/app/_ui/byte-size'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { Link } from '@/app/_ui/link'
import { Tag } from '@/app/_ui/tag'
import { UnlessSending } from '@/app/_ui/unless-sending'
import { inUse, usesOfUploads } from '@/lib/stages/uploads/uses'
import type { UploadEntry } from '@/lib/stages/uploads/uploads'

/** The files that were uploaded: what was read of each, or why it could not be. */
export async function UploadList({ projectId, uploads }: { projectId: string; uploads: readonly UploadEntry[] }) {
  if (uploads.length === 0) return null
  const [t, uses, locale] = await Promise.all([getTranslator('uploads'), usesOfUploads(projectId), getLocale()])
  return (
    <section aria-label={t('files')} className="mt-4 mb-8">
      <ul className="m-0 list-none p-0">
        {uploads.map((upload) => {
          const line = <UploadLine key={upload.id} upload={upload} refusal={inUse(upload.fileName, uses.get(upload.id))?.sentence(errorLocale(locale))} />
          return (
            <li key={upload.id} className="grid gap-2 border-b border-line py-2.5 empty:hidden">
              {upload.state === 'receiving' ? <UnlessSending uploadId={upload.id}>{line}</UnlessSending> : line}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

async function UploadLine({ upload, refusal }: { upload: UploadEntry; refusal: string | undefined }) {
  const [t, { number }, locale] = await Promise.all([getTranslator('uploads'), getFormatter(), getLocale()])
  const { job, counts, received } = upload
  const bytes = Number(upload.bytes)
  const failed = upload.state === 'refused' || job?.state === 'failed'
  const reading = !failed && upload.state === 'reading'
  const arriving = !failed && upload.state === 'receiving'
  const code = upload.errorCode ?? job?.errorCode ?? null
  const sentence = failed ? await errorSentence(code, upload.errorCode ? upload.errorParams : job?.errorParams, job?.errorText) : null
  const files = counts.taken + counts.refused
  const page = `/projects/${upload.projectId}/novels/uploads/${upload.id}`
  const removes = arriving ? t('removesPart', { size: byteSize(received?.bytes ?? 0, locale) }) : upload.accepted > 0 ? t('removesNovels', { count: number(upload.accepted) }) : upload.fileName
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <Link href={page} className="font-semibold text-ink no-underline [overflow-wrap:anywhere] hover:underline">
          {upload.fileName}
        </Link>
        {upload.state === 'ready' && <Tag kind="ok">{t('read')}</Tag>}
        {failed && <Tag kind="bad">{t('refused')}</Tag>}
        {arriving && <Tag>{t('receiving')}</Tag>}
        {bytes > 0 && <span className="text-muted">{byteSize(bytes, locale)}</span>}
        {files > 1 && (
          <Link href={page} className="text-muted underline underline-offset-4">
            {t('fileCount', { count: files })}
          </Link>
        )}
        {!reading && <EncodingLink upload={upload} href={`${page}#encoding`} />}
        {upload.state === 'ready' && <span className="text-muted">{t('accepted', { count: upload.accepted })}</span>}
        {files > 1 && counts.refused > 0 && !reading && (
          <Link href={page} className="text-gamboge-text underline underline-offset-4">
            {t('refusedFiles', { count: counts.refused })}
          </Link>
        )}
        {upload.rejected > 0 && !reading && (
          <Link href={`${page}#rejected`} className="text-gamboge-text underline underline-offset-4">
            {t('rejected', { count: upload.rejected })}
          </Link>
        )}
        {!reading && (
          <span className="ml-auto">
            <ConfirmDialog
              small
              triggerKind="quiet"
              trigger={arriving ? t('discard') : t('delete')}
              triggerLabel={arriving ? t('discardUpload', { name: upload.fileName }) : t('deleteUpload', { name: upload.fileName })}
              title={arriving ? t('discardUpload', { name: upload.fileName }) : t('deleteUpload', { name: upload.fileName })}
              removes={[removes]}
              refusal={refusal}
              confirm={arriving ? t('discard') : t('delete')}
              action={removeUpload}
              values={{ projectId: upload.projectId, uploadId: upload.id }}
            />
          </span>
        )}
      </div>
      {sentence && <p className="m-0 text-seal">{sentence}</p>}
      {arriving && bytes > 0 && <p className="m-0 text-muted">{t('receivingShare', { share: number((received?.bytes ?? 0) / bytes, { style: 'percent', maximumFractionDigits: 0 }) })}</p>}
      {reading && <UploadProgress upload={upload} />}
    </>
  )
}
