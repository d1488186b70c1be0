'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { addEndpoint } from '@/app/_writer/actions'
import { EndpointFields } from '@/app/_writer/endpoint-fields'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { SubmitButton } from '@/app/_ui/submit-button'

/** The button and dialog that add an OpenAI-compatible endpoint. Its key is never shown again. */
export function NewEndpoint() {
  const t = useTranslations('writer')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen} title={t('newEndpoint')} description={t('newEndpointWhat')} trigger={<Button small>{t('newEndpoint')}</Button>}>
      <ActionForm action={addEndpoint} onDone={() => setOpen(false)}>
        <EndpointFields />
        <div className="flex justify-end">
          <SubmitButton kind="primary">{t('add')}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}
