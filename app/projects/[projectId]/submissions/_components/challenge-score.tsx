import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { ActionForm } from '@/app/_ui/action-form'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { noteScore } from '@/app/projects/[projectId]/submissions/actions'
import type { SubmissionWithRun } from '@/lib/stages/submissions/submissions'

/** What the challenge's own page gave for it, to be typed in and kept beside our own measures. */
export async function ChallengeScore({ submission }: { submission: SubmissionWithRun }) {
  const [t, { number }] = await Promise.all([getTranslator('submissions'), getFormatter()])
  const { id, projectId, challengeScore, challengeNote } = submission
  return (
    <details className="text-sm">
      <summary className="w-fit text-muted hover:text-ink">
        {challengeScore === null ? t('noteScore') : t('scored', { score: number(challengeScore, { maximumFractionDigits: 9 }) })}
        {challengeNote && ` · ${challengeNote}`}
      </summary>
      <ActionForm action={noteScore} values={{ projectId, submissionId: id }} className="mt-3 flex max-w-xl flex-wrap items-end gap-3">
        <Field name="score" label={t('score')} hint={t('scoreHint')}>
          <TextInput inputMode="decimal" autoComplete="off" defaultValue={challengeScore === null ? '' : String(challengeScore)} className="w-32" />
        </Field>
        <Field name="note" label={t('scoreNote')}>
          <TextInput autoComplete="off" maxLength={500} defaultValue={challengeNote} />
        </Field>
        <SubmitButton small>{t('keepScore')}</SubmitButton>
      </ActionForm>
    </details>
  )
}
