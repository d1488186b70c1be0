'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { addEndpoint } from '@/app/_writer/actions'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { Select, TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'

/** The button and dialog that add an OpenAI-compatible endpoint. Its key is never shown again. */
export function NewEndpoint() {
  const t = useTranslations('writer')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen} title={t('newEndpoint')} description={t('newEndpointWhat')} trigger={<Button small>{t('newEndpoint')}</Button>}>
      <ActionForm action={addEndpoint} onDone={() => setOpen(false)}>
        <Field name="name" label={t('name')}>
          <TextInput maxLength={60} autoComplete="off" />
        </Field>
        <Field name="baseUrl" label={t('baseUrl')} hint={t('baseUrlHint')}>
          <TextInput inputMode="url" placeholder="http://localhost:8000/v1" autoComplete="off" />
        </Field>
        <Field name="style" label={t('style')} hint={t('styleHint')}>
          <Select defaultValue="chat">
            <option value="chat">chat</option>
            <option value="completions">completions</option>
          </Select>
        </Field>
        <Field name="key" label={t('key')} hint={t('keyHint')}>
          <TextInput type="password" autoComplete="off" />
        </Field>
        <div className="flex justify-end">
          <SubmitButton kind="primary">{t('add')}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}
