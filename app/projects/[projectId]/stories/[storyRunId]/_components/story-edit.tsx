'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Textarea } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { saveStoryEdit } from '@/app/projects/[projectId]/stories/[storyRunId]/actions'

/** A story's text to write in; what is saved becomes another try, so nothing is lost. */
export function StoryEdit(props: { place: { projectId: string; storyRunId: string; row: number }; madeOf: number; text: string; row: number; onEnd: () => void }) {
  const t = useTranslations('story-tries')
  // What was on the screen when the writing began: a story that changes meanwhile is not written over.
  const [madeOf] = useState(props.madeOf)
  const label = t('editOf', { row: props.row })
  return (
    <ActionForm action={saveStoryEdit} values={{ ...props.place, madeOf }} label={label} onDone={props.onEnd}>
      <Field name="text" label={label} hint={t('editHint')}>
        <Textarea lang="zh-CN" rows={16} autoFocus defaultValue={props.text} className="font-serif text-[17px]" />
      </Field>
      <div className="flex gap-2">
        <SubmitButton kind="primary">{t('save')}</SubmitButton>
        <Button onClick={props.onEnd}>{t('discard')}</Button>
      </div>
    </ActionForm>
  )
}
