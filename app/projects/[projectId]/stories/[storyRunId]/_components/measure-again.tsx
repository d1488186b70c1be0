'use client'

import { useTranslations } from 'use-intl/react'
import { ActionForm } from '@/app/_ui/action-form'
import { Field } from '@/app/_ui/field'
import { NumberInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { measureStories } from '@/app/projects/[projectId]/stories/[storyRunId]/scoring-actions'

/** Has the stories measured, against another target length where one is typed. */
export function MeasureAgain({ projectId, storyRunId, target, word }: { projectId: string; storyRunId: string; target: number | null; word: string }) {
  const t = useTranslations('scores')
  return (
    <ActionForm action={measureStories} values={{ projectId, storyRunId }} label={word} className="sm:grid-cols-[minmax(0,18em)_auto] sm:items-start">
      <Field name="target" label={t('target')} hint={t('targetHint')}>
        <NumberInput min={50} max={20_000} step={1} defaultValue={target ?? undefined} />
      </Field>
      <div className="sm:pt-7">
        <SubmitButton>{word}</SubmitButton>
      </div>
    </ActionForm>
  )
}
