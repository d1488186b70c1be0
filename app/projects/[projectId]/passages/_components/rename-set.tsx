'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { renameSet } from '@/app/projects/[projectId]/passages/actions'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'

/** Gives a set another label; an empty one goes back to its number. */
export function RenameSet({ projectId, ordinal, name, title }: { projectId: string; ordinal: number; name: string | null; title: string }) {
  const t = useTranslations('passages')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen} title={title} trigger={<Button small aria-label={title}>{t('rename')}</Button>}>
      <ActionForm action={renameSet} values={{ projectId, ordinal }} label={title} onDone={() => setOpen(false)}>
        <Field name="name" label={t('name')}>
          <TextInput defaultValue={name ?? ''} maxLength={60} autoComplete="off" />
        </Field>
        <div className="flex justify-end">
          <SubmitButton kind="primary">{t('save')}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}
