import { errorSentence } from '@/app/_i18n/error-sentence'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Pages } from '@/app/_ui/pages'
import { Table } from '@/app/_ui/table'
import { listRejections, type UploadEntry } from '@/lib/stages/uploads/uploads'

const size = 100

/** The records of an upload that could not be used, each with its line and its reason. */
export async function RejectionTable({ upload, several, page }: { upload: UploadEntry; several: boolean; page: number }) {
  const [t, { number }, rejections] = await Promise.all([getTranslator('uploads'), getFormatter(), listRejections(upload.id, size, (page - 1) * size)])
  const rows = await Promise.all(rejections.map(async (each, at) => ({ key: at, ...each, reason: await errorSentence(each.code, each.params) })))
  const here = `/projects/${upload.projectId}/novels/uploads/${upload.id}`
  return (
    <div id="rejected" className="mt-8">
      <h2 className="mt-0 mb-2 text-base font-semibold">{t('rejectedRecords')}</h2>
      <Table
        label={t('rejectedRecords')}
        rows={rows}
        rowKey={(row) => row.key}
        empty={t('noneRejected')}
        columns={[
          ...(several ? [{ key: 'file', head: t('file'), className: '[overflow-wrap:anywhere] min-w-40', cell: (row: (typeof rows)[number]) => row.file }] : []),
          { key: 'line', head: t('line'), number: true, className: 'w-20', cell: (row) => number(row.line) },
          { key: 'reason', head: t('reason'), cell: (row) => row.reason },
        ]}
      />
      <Pages page={page} size={size} total={upload.rejected} href={(to) => `${here}?page=${to}#rejected`} />
    </div>
  )
}
