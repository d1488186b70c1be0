'use client'

import { memo, useState } from 'react'
import { headingWords } from '@/app/_novels/heading-words'
import { useTranslations } from 'use-intl/react'
import { changeChapter } from '@/app/projects/[projectId]/novels/[novelId]/actions'
import type { ChapterLine } from '@/app/projects/[projectId]/novels/[novelId]/_layout'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'

/** A chapter's heading and, while chapters are edited, what can be done with it. */
export const ChapterHeading = memo(function ChapterHeading(props: { projectId: string; chapter: ChapterLine; index: number; last: boolean; editing: boolean }) {
  const ui = useTranslations('ui')
  const t = useTranslations('reading')
  const { projectId, chapter, index } = props
  const values = { projectId, chapterId: chapter.id }
  return (
    <div className={index === 0 ? 'pb-4' : 'pt-10 pb-4'}>
      <h2 className="m-0 font-serif text-lg font-semibold">{headingWords(chapter.heading, ui('front')) || t('untitled', { ordinal: index + 1 })}</h2>
      {props.editing && (
        <div className="mt-2 flex flex-wrap gap-2 font-sans">
          <Rename values={values} heading={chapter.heading} />
          {index > 0 && (
            <ActionForm action={changeChapter} values={{ ...values, change: 'join' }}>
              <SubmitButton small>{t('notHeading')}</SubmitButton>
            </ActionForm>
          )}
          {index > 0 && (
            <ActionForm action={changeChapter} values={{ ...values, change: 'merge-previous' }}>
              <SubmitButton small>{t('mergePrevious')}</SubmitButton>
            </ActionForm>
          )}
          {!props.last && (
            <ActionForm action={changeChapter} values={{ ...values, change: 'merge-next' }}>
              <SubmitButton small>{t('mergeNext')}</SubmitButton>
            </ActionForm>
          )}
        </div>
      )}
    </div>
  )
})

function Rename({ values, heading }: { values: Record<string, string | number>; heading: string }) {
  const t = useTranslations('reading')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen} title={t('rename')} trigger={<Button small>{t('rename')}</Button>}>
      <ActionForm action={changeChapter} values={{ ...values, change: 'rename' }} onDone={() => setOpen(false)}>
        <Field name="heading" label={t('heading')} hint={t('headingHint')}>
          <TextInput defaultValue={heading} maxLength={200} autoFocus />
        </Field>
        <div className="flex justify-end">
          <SubmitButton kind="primary">{t('rename')}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}
