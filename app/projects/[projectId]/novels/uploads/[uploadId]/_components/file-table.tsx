import { errorSentence } from '@/app/_i18n/error-sentence'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { byteSize } from '@/app/_ui/byte-size'
import { Link } from '@/app/_ui/link'
import { Pages } from '@/app/_ui/pages'
import { Table } from '@/app/_ui/table'
import { Tag } from '@/app/_ui/tag'
import { listUploadFiles, type UploadEntry } from '@/lib/stages/uploads/uploads'
import { textEncodingSchema } from '@/lib/text/encoding'
import { DOUBTFUL } from '@/lib/text/plausibility'

const size = 100
const kinds = { taken: 'ok', refused: 'bad', skipped: 'plain' } as const

/** The files that an upload holds: what each gave, or why it gave nothing. A name leads to how the file reads. */
export async function FileTable({ upload, total, page, chosen }: { upload: UploadEntry; total: number; page: number; chosen: number | undefined }) {
  const [t, { number, percent }, locale, files] = await Promise.all([getTranslator('uploads'), formats(), getLocale(), listUploadFiles(upload.id, size, (page - 1) * size)])
  const rows = await Promise.all(files.map(async (file) => ({ ...file, reason: file.errorCode ? await errorSentence(file.errorCode, file.errorParams) : null })))
  const here = `/projects/${upload.projectId}/novels/uploads/${upload.id}`
  return (
    <div className="mt-2">
      <h2 className="mt-0 mb-2 text-base font-semibold">{t('fileTable')}</h2>
      <Table
        label={t('fileTable')}
        maxHeight="28rem"
        rows={rows}
        rowKey={(row) => row.ordinal}
        columns={[
          {
            key: 'name',
            head: t('file'),
            className: 'min-w-44 [overflow-wrap:anywhere]',
            cell: (row) =>
              row.form || row.errorCode === 'upload.encoding-unknown' ? (
                <Link href={`${here}?files=${page}&file=${row.ordinal}#encoding`} aria-current={row.ordinal === chosen || undefined} className="underline underline-offset-4 aria-[current]:font-semibold">
                  {row.name}
                </Link>
              ) : (
                row.name
              ),
          },
          {
            key: 'state',
            head: '',
            cell: (row) => (
              <span className="grid justify-items-start gap-1">
                <Tag kind={kinds[row.state]}>{t(`fileState.${row.state}`)}</Tag>
                {row.reason && <span className="min-w-56 text-sm text-muted">{row.reason}</span>}
              </span>
            ),
          },
          { key: 'size', head: t('size'), number: true, cell: (row) => (row.bytes > 0n ? byteSize(Number(row.bytes), locale) : '') },
          {
            key: 'encoding',
            head: t('encoding'),
            className: 'whitespace-nowrap',
            cell: (row) => {
              const encoding = textEncodingSchema.safeParse(row.encoding)
              const isDoubtful = row.mojibake !== null || (row.plausibility ?? 1) < DOUBTFUL
              return (
                encoding.success && (
                  <span className={isDoubtful ? 'text-gamboge-text' : ''}>
                    {t(`shortEncoding.${encoding.data}`)}
                    {isDoubtful && ` · ${row.mojibake ? t('mayBeMojibake') : t('plausibility', { share: percent(row.plausibility ?? 0) })}`}
                  </span>
                )
              )
            },
          },
          { key: 'taken', head: t('taken'), number: true, cell: (row) => (row.form ? number(row.accepted) : '') },
          { key: 'rejected', head: t('notTaken'), number: true, cell: (row) => (row.form ? number(row.rejected) : '') },
        ]}
      />
      <Pages page={page} size={size} total={total} href={(to) => `${here}?files=${to}`} />
    </div>
  )
}

async function formats(): Promise<{ number: (value: number) => string; percent: (share: number) => string }> {
  const { number } = await getFormatter()
  return { number: (value) => number(value), percent: (share) => number(share, { style: 'percent', maximumFractionDigits: 0 }) }
}
