import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { Checkbox } from '@/app/_ui/checkbox'
import { Link } from '@/app/_ui/link'
import { SubmitButton } from '@/app/_ui/submit-button'
import { mendSubmission, writeRowsAgain } from '@/app/projects/[projectId]/submissions/actions'
import type { CheckRecord, SubmissionWithRun } from '@/lib/stages/submissions/submissions'
import { changeSentence } from '@/lib/submission/fix-sentences'
import { isMendable } from '@/lib/submission/fixes'

/** What can be done about a submission that failed its checks: first said, then done as another submission that is checked anew. */
export async function MendPanel({ submission, check }: { submission: SubmissionWithRun; check: CheckRecord }) {
  const [t, locale] = await Promise.all([getTranslator('submissions'), getLocale()])
  const { projectId, id, storyRun, ordinal } = submission
  const plan = check.mending
  if (!plan) return null
  const [mended] = submission.mended
  const isOwn = storyRun.promptVersionId !== null
  const values = { projectId, submissionId: id }
  const label = t('mendOf', { ordinal })
  const { unanswered, padded, answered, changes } = plan
  return (
    <div className="grid gap-3">
      {mended && (
        <p className="m-0 text-sm text-muted">
          <Link href={`/projects/${projectId}/submissions#submission-${mended.ordinal}`}>{t('mendedAs', { ordinal: mended.ordinal })}</Link>
        </p>
      )}
      {isMendable(plan) && !mended && (
        <ActionForm action={mendSubmission} values={values} label={label} className="rounded-base border border-line bg-raised p-4">
          <p className="m-0 font-semibold">{t('mendWhat', { answered, rows: check.expected })}</p>
          <ul className="m-0 list-disc pl-5 text-sm">
            {changes.map((change) => <li key={change.kind}>{changeSentence(change, errorLocale(locale))}</li>)}
          </ul>
          {unanswered.count > 0 && <p className="m-0 text-sm text-gamboge-text">{t('mendLacks', { count: unanswered.count, rows: unanswered.rows.slice(0, listed).join(t('listed')) + (unanswered.count > listed ? ' …' : '') })}</p>}
          {padded > 0 && <Checkbox name="trims" label={t('mendTrims', { count: padded })} />}
          <div className="flex flex-wrap items-center gap-3">
            <SubmitButton small label={label}>{t('mend')}</SubmitButton>
            <span className="text-sm text-muted">{t('mendKeeps')}</span>
          </div>
        </ActionForm>
      )}
      {isOwn && check.problems.some(({ fix }) => fix === 'write-again') && (
        <ActionForm action={writeRowsAgain} values={values} label={t('writeAgainOf', { ordinal })} className="flex flex-wrap items-center gap-3">
          <SubmitButton small>{t('writeAgain')}</SubmitButton>
          <span className="text-sm text-muted">{t('writeAgainWhat')}</span>
        </ActionForm>
      )}
      {!isOwn && unanswered.count > 0 && (
        <p className="m-0 text-sm text-muted">
          {t('nobodyWrites')} <Link href={`/projects/${projectId}/stories`}>{t('toStories')}</Link>
        </p>
      )}
    </div>
  )
}

/** Rows that are named before the rest is only counted. */
const listed = 12
