import { RotateCcw } from 'lucide-react'
import { retryOutcome } from '@/app/projects/[projectId]/premises/[premiseRunId]/actions'
import { errorSentence } from '@/app/_i18n/error-sentence'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { Panel } from '@/app/_ui/panel'
import { SubmitButton } from '@/app/_ui/submit-button'
import { failureReasons } from '@/lib/stages/premises/run-figures'
import type { PremiseCounts, PremiseRunWithJob } from '@/lib/stages/premises/premises'

/** Passages that got no premise: why, and asking about them alone once more. */
export async function FailureReasons({ run, counts }: { run: PremiseRunWithJob; counts: PremiseCounts }) {
  if (counts.failed + counts.refused === 0) return null
  const [t, { number }, reasons] = await Promise.all([getTranslator('premise-run'), getFormatter(), failureReasons(run.id)])
  const sentences = await Promise.all(reasons.map((reason) => errorSentence(reason.code, reason.params)))
  const hasEnded = run.job.state !== 'running' && run.job.state !== 'queued'
  return (
    <Panel title={t('withoutPremise')}>
      {reasons.length > 0 && (
        <ul className="mt-0 mb-3 list-none p-0 text-sm">
          {reasons.map((reason, at) => (
            <li key={at} className="grid grid-cols-[auto_1fr] gap-x-3 border-b border-line py-1.5 last:border-0">
              <span className="font-semibold tabular-nums">{number(reason.count)}</span>
              <span className="[overflow-wrap:anywhere]">{sentences[at]}</span>
            </li>
          ))}
        </ul>
      )}
      {hasEnded ? (
        <div className="flex flex-wrap gap-2">
          {(['failed', 'refused'] as const).map(
            (outcome) =>
              counts[outcome] > 0 && (
                <ActionForm key={outcome} action={retryOutcome} values={{ projectId: run.projectId, premiseRunId: run.id, outcome }} label={t(`retry.${outcome}`, { count: counts[outcome] })}>
                  <SubmitButton small>
                    <RotateCcw size={14} aria-hidden />
                    {t(`retry.${outcome}`, { count: counts[outcome] })}
                  </SubmitButton>
                </ActionForm>
              ),
          )}
        </div>
      ) : (
        <p className="m-0 text-sm text-muted">{t('retryLater')}</p>
      )}
    </Panel>
  )
}
