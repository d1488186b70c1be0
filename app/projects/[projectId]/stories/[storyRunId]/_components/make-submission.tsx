import { ActionForm } from '@/app/_ui/action-form'
import { LinkButton } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { NumberInput } from '@/app/_ui/inputs'
import { Panel } from '@/app/_ui/panel'
import { SubmitButton } from '@/app/_ui/submit-button'
import { errorLocale } from '@/app/_i18n/locale'
import { getLocale, getTranslator } from '@/app/_i18n/server'
import { makeSubmission } from '@/app/projects/[projectId]/stories/actions'
import { hintOf } from '@/lib/settings/hint'
import { presets } from '@/lib/settings/presets'
import { submissionSettings } from '@/lib/settings/submissions'
import { editedStories } from '@/lib/stages/submissions/history'
import { submissionsOf } from '@/lib/stages/submissions/submissions'

/** From a finished run to a checked submit.json, and the way to those that were made of it already. */
export async function MakeSubmission({ projectId, storyRunId, finished }: { projectId: string; storyRunId: string; finished: boolean }) {
  const [t, history, locale, made, edited] = await Promise.all([getTranslator('stories'), getTranslator('submission-history'), getLocale(), submissionsOf(storyRunId), editedStories(storyRunId)])
  return (
    <Panel title={t('makeSubmission')}>
      {!finished && <p className="m-0 text-sm text-muted">{t('unfinished')}</p>}
      {made.length > 0 && (
        <div className="mb-4 flex flex-wrap gap-3">
          {made.map(({ ordinal }, index) => (
            <LinkButton key={ordinal} kind={index === 0 ? 'primary' : 'plain'} href={`/projects/${projectId}/submissions#submission-${ordinal}`}>
              {t('madeSubmission', { ordinal })}
            </LinkButton>
          ))}
        </div>
      )}
      {finished && (
        <ActionForm action={makeSubmission} values={{ projectId, storyRunId }} label={t('makeSubmission')}>
          <p className="m-0 text-sm text-muted">{t('makeWhat')}</p>
          {edited > 0 && <p className="m-0 text-sm">{history('carries', { count: edited })}</p>}
          <Field name="minimumCharacters" label={t('minimumCharacters')} hint={hintOf(submissionSettings.shape.minimumCharacters)?.[errorLocale(locale)]}>
            <NumberInput type="text" autoComplete="off" defaultValue={presets.starter.submissions.minimumCharacters} />
          </Field>
          <div>
            <SubmitButton kind={made.length > 0 ? 'plain' : 'primary'}>{t(made.length > 0 ? 'makeAnother' : 'makeSubmission')}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Panel>
  )
}
