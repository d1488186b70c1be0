'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { editEndpoint } from '@/app/_writer/actions'
import { EndpointFields, type EndpointValues } from '@/app/_writer/endpoint-fields'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { SubmitButton } from '@/app/_ui/submit-button'

/** Changes an endpoint: its name, address, key and what it allows. */
export function EditEndpoint({ id, value }: { id: string; value: EndpointValues }) {
  const t = useTranslations('writer')
  const [open, setOpen] = useState(false)
  const title = t('editOf', { name: value.name })
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={title}
      trigger={
        <Button small aria-label={title}>
          {t('edit')}
        </Button>
      }
    >
      <ActionForm action={editEndpoint} values={{ endpointId: id }} label={title} onDone={() => setOpen(false)}>
        <EndpointFields value={value} />
        <div className="flex justify-end">
          <SubmitButton kind="primary">{t('save')}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}
