import { notFound } from 'next/navigation'
import { z } from 'zod'
import { errorSentence } from '@/app/_i18n/error-sentence'
import { errorLocale } from '@/app/_i18n/locale'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { EncodingChoice } from '@/app/projects/[projectId]/novels/uploads/[uploadId]/_components/encoding-choice'
import { FileTable } from '@/app/projects/[projectId]/novels/uploads/[uploadId]/_components/file-table'
import { RejectionTable } from '@/app/projects/[projectId]/novels/uploads/[uploadId]/_components/rejection-table'
import { WaitingWords } from '@/app/projects/[projectId]/novels/uploads/[uploadId]/_components/waiting-words'
import { UploadProgress } from '@/app/projects/[projectId]/novels/_components/upload-progress'
import { byteSize } from '@/app/_ui/byte-size'
import { DownloadButton, LinkButton } from '@/app/_ui/button'
import { Facts } from '@/app/_ui/facts'
import { PageHead } from '@/app/_ui/page-head'
import { inUse, usesOfUploads } from '@/lib/stages/uploads/uses'
import { findUploadFile, readUploadRow } from '@/lib/stages/uploads/uploads'

type Props = { params: Promise<{ projectId: string; uploadId: string }>; searchParams: Promise<{ page?: string; files?: string; file?: string }> }

const pageNumber = z.coerce.number().int().min(1).catch(1)
const fileNumber = z.coerce.number().int().min(0).catch(0)

/** What was read of an upload: its files, how they read in each encoding, and the records that could not be used. */
export default async function UploadPage({ params, searchParams }: Props) {
  const { projectId, uploadId } = await params
  const asked = await searchParams
  const upload = await readUploadRow(uploadId)
  if (upload?.projectId !== projectId) notFound()
  const page = pageNumber.parse(asked.page)
  const filesPage = pageNumber.parse(asked.files)
  const [t, { number }, locale, file, uses] = await Promise.all([
    getTranslator('uploads'),
    getFormatter(),
    getLocale(),
    asked.file === undefined ? (upload.files[0] ?? null) : findUploadFile(uploadId, fileNumber.parse(asked.file)),
    usesOfUploads(projectId, undefined, uploadId),
  ])
  const refusedFor = upload.state === 'refused' && upload.errorCode ? await errorSentence(upload.errorCode, upload.errorParams) : null
  const total = upload.counts.taken + upload.counts.refused + upload.counts.skipped
  return (
    <>
      <PageHead
        title={<span className="[overflow-wrap:anywhere]">{upload.fileName}</span>}
        actions={
          <>
            <LinkButton href={`/projects/${projectId}/${upload.kind === 'test' ? 'stories' : 'novels'}`}>{t('back')}</LinkButton>
            {upload.rejected > 0 && <DownloadButton href={`/api/uploads/${uploadId}/rejections`}>{t('downloadRejected')}</DownloadButton>}
          </>
        }
      />
      <Facts
        facts={[
          { label: t('size'), value: byteSize(Number(upload.bytes), locale) },
          ...(total > 1 ? [{ label: t('file'), value: number(total) }] : []),
          { label: t('taken'), value: number(upload.accepted) },
          { label: t('notTaken'), value: number(upload.rejected) },
          ...(upload.sha256 ? [{ label: t('hash'), value: <span className="font-mono text-sm font-normal" title={upload.sha256}>{upload.sha256.slice(0, 16)}…</span> }] : []),
        ]}
      />
      <UploadProgress upload={upload} />
      {refusedFor && <p className="mt-0 mb-4 max-w-[52em] text-seal">{refusedFor}</p>}
      {upload.state === 'ready' && <WaitingWords upload={upload} />}
      {total > 1 && upload.state !== 'reading' && <FileTable upload={upload} total={total} page={filesPage} chosen={file?.ordinal} />}
      {file && upload.state !== 'reading' && upload.state !== 'receiving' && (
        <EncodingChoice upload={upload} file={file} several={total > 1} refusal={inUse(upload.fileName, uses.get(uploadId))?.sentence(errorLocale(locale))} />
      )}
      {upload.state !== 'reading' && <RejectionTable upload={upload} several={total > 1} page={page} />}
    </>
  )
}
