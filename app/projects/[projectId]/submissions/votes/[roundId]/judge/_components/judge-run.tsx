import { CancelJob, RetryJob } from '@/app/_jobs/job-buttons'
import { JobFailure } from '@/app/_jobs/job-failure'
import { JobProgress } from '@/app/_jobs/job-progress'
import { JobStateTag } from '@/app/_jobs/job-state-tag'
import { PauseForm } from '@/app/_jobs/pause-form'
import { getFormatter, getLocale, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { Facts } from '@/app/_ui/facts'
import { Field } from '@/app/_ui/field'
import { NumberInput } from '@/app/_ui/inputs'
import { money } from '@/app/_ui/money'
import { SubmitButton } from '@/app/_ui/submit-button'
import { askJudgeAgain, pauseJudge, resumeJudge } from '@/app/projects/[projectId]/submissions/votes/[roundId]/judge/actions'
import { judgeSettings } from '@/lib/stages/submissions/judge-settings'
import { judgeName, type ListedJudgeRun, unreadAnswers } from '@/lib/stages/submissions/judging'

/** One judge of a round: how far it is, what it could not say, what it has cost, and the words that it is asked in. */
export async function JudgeRun({ run }: { run: ListedJudgeRun }) {
  const [t, words, { number }, locale, unread] = await Promise.all([getTranslator('judge'), getTranslator('submissions'), getFormatter(), getLocale(), run.abstained > 0 ? unreadAnswers(run.id) : []])
  const { id, projectId, job, ordinal, answers, abstained, failed, reused, cost, currency, budget } = run
  const settings = judgeSettings.safeParse(run.settings).data
  const name = t('run', { ordinal })
  const values = { projectId, judgeRunId: id }
  const isOverBudget = job.state === 'paused' && job.pauseReason === 'budget'
  return (
    <article aria-labelledby={`judge-${ordinal}`} className="grid grid-cols-[minmax(0,1fr)] gap-3 border-b border-line py-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id={`judge-${ordinal}`} className="m-0 text-base font-semibold [overflow-wrap:anywhere]">{name} · {judgeName(run)}</h2>
        <JobStateTag job={job} />
        <span className="ml-auto flex flex-wrap gap-2">
          {!isOverBudget && <PauseForm job={job} values={values} pause={{ word: t('pause'), action: pauseJudge }} goOn={{ word: t('goOn'), action: resumeJudge }} small />}
          <CancelJob job={job} name={name} small />
          {job.state === 'cancelled' && <RetryJob job={job} name={name} small />}
        </span>
      </div>
      <JobProgress job={job} />
      <JobFailure job={job} name={name} />
      {isOverBudget && (
        <ActionForm action={resumeJudge} values={values} label={t('raise')} className="flex flex-wrap items-end gap-3">
          <Field name="budget" label={t('budget')} hint={t('budgetReached')}>
            <NumberInput min={0} step="any" unit={currency ?? ''} defaultValue={budget ?? undefined} className="max-w-40" />
          </Field>
          <SubmitButton small>{t('raise')}</SubmitButton>
        </ActionForm>
      )}
      <Facts
        facts={[
          { label: t('answers'), value: number(answers), hint: reused > 0 ? t('reused', { count: reused }) : undefined },
          { label: t('abstained'), value: number(abstained), hint: t('abstainedHint') },
          ...(failed > 0 ? [{ label: t('failed'), value: number(failed) }] : []),
          { label: t('costSoFar'), value: cost === null || currency === null ? '–' : money(cost, currency, locale) },
        ]}
      />
      {failed > 0 && job.state === 'succeeded' && (
        <ActionForm action={askJudgeAgain} values={values} label={t('askAgain', { count: failed })}>
          <div><SubmitButton small>{t('askAgain', { count: failed })}</SubmitButton></div>
        </ActionForm>
      )}
      {unread.length > 0 && (
        <details className="text-sm">
          <summary className="w-fit text-muted hover:text-ink">{t('unread')}</summary>
          {unread.map(({ row, text, finishReason }, at) => (
            <p key={at} className="mt-2 mb-0 [overflow-wrap:anywhere] whitespace-pre-wrap">
              <span className="text-muted">{words('row', { row })}{finishReason === 'length' && <> · {t('cutOff')}</>}</span> {text || '–'}
            </p>
          ))}
        </details>
      )}
      {settings && (
        <details className="text-sm">
          <summary className="w-fit text-muted hover:text-ink">{t('asked', { pairs: settings.sampling.pairs })}</summary>
          <p className="mt-2 mb-0 [overflow-wrap:anywhere] whitespace-pre-wrap">{settings.prompt.system || '–'}</p>
          <p className="mt-2 mb-0 font-mono [overflow-wrap:anywhere] whitespace-pre-wrap">{settings.prompt.template}</p>
        </details>
      )}
    </article>
  )
}
