import { GitMerge } from 'lucide-react'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { CopyButton } from '@/app/_ui/copy-button'
import { byteSize } from '@/app/_ui/byte-size'
import { FactList } from '@/app/_ui/facts'
import { Panel } from '@/app/_ui/panel'
import { SubmitButton } from '@/app/_ui/submit-button'
import { mergeAdapter } from '@/app/projects/[projectId]/training/actions'
import { resultOf, type TrainingRunWithJob } from '@/lib/stages/training/training'

/** What a run gave: its losses, the adapter, and the merged model or the way to it. */
export async function RunOutcome({ run }: { run: TrainingRunWithJob }) {
  const { adapter } = run
  if (!adapter) return null
  const [t, { number }, locale] = await Promise.all([getTranslator('training'), getFormatter(), getLocale()])
  const result = resultOf(run)
  const merged = adapter.mergedModel
  const loss = (value: number | null) => (value === null ? '–' : number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 }))
  return (
    <Panel title={t('outcome')}>
      <FactList
        facts={[
          ...(result
            ? [
                { label: t('figures.loss'), value: `${loss(result.first_loss)} → ${loss(result.last_loss)}` },
                ...(result.validation_loss_to === null ? [] : [{ label: t('figures.validationLoss'), value: `${loss(result.validation_loss_from)} → ${loss(result.validation_loss_to)}` }]),
                ...(result.best_step === null || result.best_validation_loss === null ? [] : [{ label: t('bestValidation'), value: t('atStep', { loss: loss(result.best_validation_loss), step: number(result.best_step) }) }]),
                { label: t('adapterOf'), value: t('stepIs', { step: number(result.adapter_step) }) },
                ...(result.out_of_patience ? [{ label: t('endedBy'), value: t('outOfPatience') }] : []),
                { label: t('speed'), value: t('tokensPerSecond', { rate: number(result.tokens_per_second, { maximumFractionDigits: 0 }) }) },
                ...(result.ranAs ? [{ label: t('ranAs'), value: t('ranAsOf', { ...result.ranAs }) }] : []),
                { label: t('truncated'), value: number(result.truncated) },
                ...(result.dropped > 0 ? [{ label: t('dropped'), value: number(result.dropped) }] : []),
              ]
            : []),
          { label: t('adapterSize'), value: byteSize(Number(adapter.bytes), locale) },
        ]}
      />
      <Hash label={t('adapterHash')} value={adapter.sha256} />
      <div className="mt-3 grid gap-2 border-t border-line pt-3">
        <h3 className="m-0 text-sm font-semibold">{t('mergedModel')}</h3>
        {!merged && (
          <>
            <p className="m-0 text-sm text-muted">{t('mergeWhy')}</p>
            <ActionForm action={mergeAdapter} values={{ projectId: run.projectId, runId: run.id }} label={t('merge')} className="justify-items-start">
              <SubmitButton kind="primary">
                <GitMerge size={16} aria-hidden />
                {t('merge')}
              </SubmitButton>
            </ActionForm>
          </>
        )}
        {merged?.job && <JobProgress job={merged.job} label={t('merging')} />}
        {merged?.job && <JobFailure job={merged.job} name={t('merging')} />}
        {merged?.sha256 && (
          <>
            <p className="m-0 flex flex-wrap gap-x-3 text-sm">
              <span className="font-semibold [overflow-wrap:anywhere]">{merged.name}</span>
              {merged.bytes !== null && <span className="text-muted">{byteSize(Number(merged.bytes), locale)}</span>}
              {merged.parameters !== null && <span className="text-muted">{t('parameters', { count: number(Number(merged.parameters), { notation: 'compact', maximumFractionDigits: 2 }) })}</span>}
            </p>
            <Hash label={t('weightsHash')} value={merged.sha256} />
          </>
        )}
      </div>
    </Panel>
  )
}

function Hash({ label, value }: { label: string; value: string }) {
  return (
    <p className="mt-1 mb-0 flex items-center gap-2 text-sm">
      <span className="text-muted">SHA-256</span>
      <code className="truncate text-xs" title={value}>
        {value.slice(0, 16)}…
      </code>
      <CopyButton text={value} label={label} />
    </p>
  )
}
