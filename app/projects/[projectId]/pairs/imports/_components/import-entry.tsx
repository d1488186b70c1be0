import { rereadAs, removeImport } from '@/app/projects/[projectId]/pairs/imports/actions'
import { CancelJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { errorSentence } from '@/app/_i18n/error-sentence'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { DownloadButton } from '@/app/_ui/button'
import { Choice } from '@/app/_ui/choice'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { Link } from '@/app/_ui/link'
import { pairReadings } from '@/lib/pair-formats/format'
import { filterOf } from '@/lib/stages/pairs/filter'
import { importRejections, pairReadingSchema, type PairImportEntry } from '@/lib/stages/pairs/imports'
import { pairPage } from '@/lib/stages/pairs/table'

const shown = 3

/** One file: what it was read as and how to overrule it, its first pairs, what was rejected and why, and the way to its pairs. */
export async function ImportEntry({ projectId, file }: { projectId: string; file: PairImportEntry }) {
  const [t, { number }, first, rejections] = await Promise.all([
    getTranslator('pairs'),
    getFormatter(),
    pairPage({ kind: 'import', id: file.id }, filterOf(new URLSearchParams()), null, shown),
    importRejections(file.id, shown),
  ])
  const reasons = await Promise.all(rejections.map(async (row) => ({ line: row.line, reason: await errorSentence(row.code, row.params) })))
  const format = pairReadingSchema.safeParse(file.format).data
  const isDone = file.job.state === 'succeeded' || file.job.state === 'failed'
  return (
    <li className="grid gap-2 border-b border-line py-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        {file.accepted > 0 ? (
          <Link href={`/projects/${projectId}/pairs?import=${file.ordinal}`} className="font-semibold text-ink underline decoration-line underline-offset-4 [overflow-wrap:anywhere] hover:decoration-current">
            {file.fileName}
          </Link>
        ) : (
          <span className="font-semibold [overflow-wrap:anywhere]">{file.fileName}</span>
        )}
        <JobStateTag job={file.job} />
        {isDone && (
          <>
            {format && <span>{t('readAs', { format: t(`reading.${format}`) })}</span>}
            <span>{t('acceptedPairs', { count: file.accepted })}</span>
            {file.rejected > 0 && <span className="text-gamboge-text">{t('rejectedRecords', { count: file.rejected })}</span>}
            {format === 'alpaca-input' && file.asked === null && <span className="text-muted">{t('constantInstruction')}</span>}
            {file.encoding && file.encoding !== 'utf-8' && <span className="text-muted">{file.encoding}</span>}
          </>
        )}
        <span className="ml-auto flex flex-wrap items-center gap-2">
          <CancelJob job={file.job} name={file.fileName} small />
          {isDone && (
            <Choice
              label={t('readAgainAs', { name: file.fileName })}
              name="format"
              value={file.asked ?? 'detected'}
              options={[{ value: 'detected', label: t('asDetected') }, ...pairReadings.map((each) => ({ value: each, label: t(`reading.${each}`) }))]}
              action={rereadAs}
              values={{ projectId, importId: file.id }}
            />
          )}
          {file.rejected > 0 && (
            <DownloadButton small href={`/api/pairs/imports/${file.id}/rejections`}>
              {t('downloadRejected')}
            </DownloadButton>
          )}
          {file.job.state !== 'running' && (
            <ConfirmDialog small trigger={t('remove')} triggerLabel={t('removeOf', { name: file.fileName })} title={t('removeOf', { name: file.fileName })} confirm={t('remove')} action={removeImport} values={{ projectId, importId: file.id }}>
              <p className="m-0">{t('removeWhat', { count: file.accepted })}</p>
            </ConfirmDialog>
          )}
        </span>
      </div>
      <JobFailure job={file.job} name={file.fileName} />
      <JobProgress job={file.job} />
      {first.length > 0 && (
        <ol className="m-0 grid list-none gap-1 p-0 text-sm" aria-label={t('firstPairs')}>
          {first.map((pair) => (
            <li key={pair.name} className="grid gap-x-4 sm:grid-cols-2">
              <span lang="zh-CN" className="truncate font-serif">{pair.premise}</span>
              <span lang="zh-CN" className="truncate text-muted">{pair.beginning}</span>
            </li>
          ))}
        </ol>
      )}
      {reasons.length > 0 && (
        <ul className="m-0 list-none p-0 text-sm text-muted">
          {reasons.map(({ line, reason }) => (
            <li key={line}>{`${t('lineOf', { line })} · ${reason}`}</li>
          ))}
          {file.rejected > reasons.length && <li>{t('moreRejected', { count: number(file.rejected - reasons.length) })}</li>}
        </ul>
      )}
    </li>
  )
}
