import { Download, GitMerge } from 'lucide-react'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { DownloadButton } from '@/app/_ui/button'
import { byteSize } from '@/app/_ui/byte-size'
import { Link } from '@/app/_ui/link'
import { LocalTime } from '@/app/_ui/local-time'
import { SubmitButton } from '@/app/_ui/submit-button'
import { Tag } from '@/app/_ui/tag'
import { DeleteButton } from '@/app/models/_components/delete-button'
import { mergeIntoBase, removeAdapter, removeModel } from '@/app/models/actions'
import { adapterDeletion, modelDeletion } from '@/lib/stages/models/deletion'
import type { ShelfAdapter } from '@/lib/stages/models/shelf'

const row = 'flex flex-wrap items-center gap-x-4 gap-y-1.5'

/** An adapter: where it is from, how it fared, and the model merged of it or the way to one. */
export async function AdapterEntry({ adapter, canMerge }: { adapter: ShelfAdapter; canMerge: boolean }) {
  const [t, { number }, locale, deletion] = await Promise.all([getTranslator('models'), getFormatter(), getLocale(), adapterDeletion(adapter.id)])
  const { run, imported, merged, isDeleted } = adapter
  const loss = (value: number) => number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 })
  const described = imported?.described
  return (
    <li className="grid gap-2 border-t border-line py-3">
      <div className={row}>
        {run ? (
          <Link href={`/projects/${run.projectId}/training/${run.id}`} className="font-semibold [overflow-wrap:anywhere] text-ink underline decoration-line underline-offset-4 hover:decoration-current">
            {t('fromRun', { project: run.projectName, ordinal: run.ordinal })}
          </Link>
        ) : (
          <span className="font-semibold [overflow-wrap:anywhere]">{adapter.name}</span>
        )}
        <Tag>{t('adapter')}</Tag>
        {imported && <Tag>{t('imported')}</Tag>}
        {isDeleted && <Tag kind="warn">{t('deletedTag')}</Tag>}
        <span className="ml-auto flex flex-wrap items-center gap-2">
          {!isDeleted && <span className="mr-2 text-muted tabular-nums">{byteSize(adapter.bytes, locale)}</span>}
          {!isDeleted && (
            <DownloadButton small href={`/api/adapters/${adapter.id}/archive`} aria-label={t('exportAdapterOf', { name: adapter.name })} title={t('exportAdapterOf', { name: adapter.name })}>
              <Download size={14} aria-hidden />
              {t('export')}
            </DownloadButton>
          )}
          {deletion && <DeleteButton id={adapter.id} deletion={deletion} action={removeAdapter} keepsRun={run !== null} />}
        </span>
      </div>
      <p className="m-0 flex flex-wrap gap-x-4 gap-y-0.5 text-sm text-muted">
        {imported && <span className="[overflow-wrap:anywhere]">{t('origin', { origin: imported.origin })}</span>}
        {described && <span>{t('rankOf', { method: described.method, rank: described.rank, alpha: described.alpha })}</span>}
        {described?.namedBase && <span className="[overflow-wrap:anywhere]">{t('namedBase', { base: described.namedBase })}</span>}
        {run?.loss !== null && run?.loss !== undefined && <span>{t('loss', { loss: loss(run.loss) })}</span>}
        {run?.validationLoss !== null && run?.validationLoss !== undefined && <span>{t('validationLoss', { loss: loss(run.validationLoss) })}</span>}
        <LocalTime at={adapter.createdAt.toISOString()} />
      </p>
      <div className="border-l-2 border-line pl-4">{merged?.sha256 ? <Merged merged={merged} /> : <Unmerged adapter={adapter} canMerge={canMerge} />}</div>
    </li>
  )
}

async function Merged({ merged }: { merged: NonNullable<ShelfAdapter['merged']> }) {
  const [t, locale, deletion] = await Promise.all([getTranslator('models'), getLocale(), modelDeletion(merged.id)])
  return (
    <div className={row}>
      <span className="[overflow-wrap:anywhere]">{merged.name}</span>
      <Tag kind="ok">{t('merged')}</Tag>
      {merged.stories > 0 && <span className="text-sm text-muted">{t('storiesOf', { count: merged.stories })}</span>}
      <span className="ml-auto flex flex-wrap items-center gap-2">
        <span className="mr-2 text-muted tabular-nums">{byteSize(merged.bytes, locale)}</span>
        <DownloadButton small href={`/api/models/${merged.id}/archive`} aria-label={t('exportMergedOf', { name: merged.name })} title={t('exportMergedOf', { name: merged.name })}>
          <Download size={14} aria-hidden />
          {t('export')}
        </DownloadButton>
        {deletion && <DeleteButton id={merged.id} deletion={deletion} action={removeModel} isMerged />}
      </span>
    </div>
  )
}

async function Unmerged({ adapter, canMerge }: { adapter: ShelfAdapter; canMerge: boolean }) {
  const t = await getTranslator('models')
  const job = adapter.merged?.job
  if (job && job.state !== 'succeeded' && job.state !== 'cancelled') {
    return (
      <>
        <JobProgress job={job} label={t('merging')} />
        <JobFailure job={job} name={t('mergeOf', { name: adapter.name })} />
      </>
    )
  }
  return (
    <div className={row}>
      <span className="text-sm text-muted">{t('notMerged')}</span>
      {canMerge && !adapter.isDeleted && (
        <ActionForm action={mergeIntoBase} values={{ id: adapter.id }} label={t('mergeOf', { name: adapter.name })} className="ml-auto justify-items-start">
          <SubmitButton small label={t('mergeOf', { name: adapter.name })}>
            <GitMerge size={14} aria-hidden />
            {t('merge')}
          </SubmitButton>
        </ActionForm>
      )}
    </div>
  )
}
