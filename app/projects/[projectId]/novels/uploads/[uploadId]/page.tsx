import { notFound } from 'next/navigation'
import { errorSentence } from '@/app/_i18n/error-sentence'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { DownloadButton, LinkButton } from '@/app/_ui/button'
import { PageHead } from '@/app/_ui/page-head'
import { Pages } from '@/app/_ui/pages'
import { Table } from '@/app/_ui/table'
import { listRejections, readUploadRow } from '@/lib/stages/uploads'

type Props = { params: Promise<{ projectId: string; uploadId: string }>; searchParams: Promise<{ page?: string }> }

const size = 100

/** The records of a file that could not be used, each with its line and its reason. */
export default async function RejectionsPage({ params, searchParams }: Props) {
  const { projectId, uploadId } = await params
  const page = Math.max(1, Number((await searchParams).page) || 1)
  const upload = await readUploadRow(uploadId)
  if (upload?.projectId !== projectId) notFound()
  const [t, { number }, rejections] = await Promise.all([getTranslator('novels'), getFormatter(), listRejections(uploadId, size, (page - 1) * size)])
  const rows = await Promise.all(
    rejections.map(async (each, at) => ({ key: at, line: each.line, reason: await errorSentence(each.code, each.params) })),
  )
  const here = `/projects/${projectId}/novels/uploads/${uploadId}`
  return (
    <>
      <PageHead
        title={upload.fileName}
        note={t('rejectedOf', { rejected: upload.rejected, total: upload.total })}
        actions={
          <>
            <LinkButton href={`/projects/${projectId}/${upload.kind === 'test' ? 'stories' : 'novels'}`}>{t('back')}</LinkButton>
            {upload.rejected > 0 && <DownloadButton href={`/api/uploads/${uploadId}/rejections`}>{t('downloadRejected')}</DownloadButton>}
          </>
        }
      />
      <Table
        label={t('rejectedRecords')}
        rows={rows}
        rowKey={(row) => row.key}
        empty={t('noneRejected')}
        columns={[
          { key: 'line', head: t('line'), number: true, className: 'w-24', cell: (row) => number(row.line) },
          { key: 'reason', head: t('reason'), cell: (row) => row.reason },
        ]}
      />
      <Pages page={page} size={size} total={upload.rejected} href={(to) => `${here}?page=${to}`} />
    </>
  )
}
