'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'use-intl/react'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { addProject } from '@/app/actions'

/** The button and dialog that make a project and go to its first stage. */
export function NewProject() {
  const t = useTranslations('projects')
  return (
    <Dialog
      title={t('new')}
      trigger={
        <Button kind="primary">
          <Plus size={16} aria-hidden />
          {t('new')}
        </Button>
      }
    >
      <ActionForm action={addProject} label={t('new')}>
        <Field name="name" label={t('name')} hint={t('nameHint')}>
          <TextInput maxLength={80} autoComplete="off" />
        </Field>
        <div className="flex justify-end">
          <SubmitButton kind="primary">{t('create')}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}
