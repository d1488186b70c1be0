'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { tryEndpoint } from '@/app/_writer/actions'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'

/** Asks an endpoint for one word of a model, and says how long it took or what is wrong. */
export function TestEndpoint({ endpoint }: { endpoint: { id: string; name: string } }) {
  const t = useTranslations('settings')
  const [open, setOpen] = useState(false)
  const name = t('testOf', { name: endpoint.name })
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={name}
      trigger={
        <Button small aria-label={name}>
          {t('test')}
        </Button>
      }
    >
      <ActionForm action={tryEndpoint} values={{ endpointId: endpoint.id }} label={name} onDone={() => setOpen(false)}>
        <Field name="endpointModel" label={t('testModel')} hint={t('testModelHint')}>
          <TextInput autoComplete="off" spellCheck={false} />
        </Field>
        <div className="flex justify-end">
          <SubmitButton kind="primary">{t('test')}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}
