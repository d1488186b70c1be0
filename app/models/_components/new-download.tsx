'use client'

import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { Select, TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { downloadModel } from '@/app/models/actions'

/** The button and dialog that fetch a model from a hub. */
export function NewDownload({ hubs }: { hubs: readonly { hub: string; name: string }[] }) {
  const t = useTranslations('models')
  const [open, setOpen] = useState(false)
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={t('download.title')}
      description={t('download.what')}
      trigger={
        <Button kind="primary">
          <Download size={16} aria-hidden />
          {t('download.button')}
        </Button>
      }
    >
      <ActionForm action={downloadModel} onDone={() => setOpen(false)}>
        <Field name="hub" label={t('download.hub')}>
          <Select>
            {hubs.map(({ hub, name }) => (
              <option key={hub} value={hub}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
        <Field name="model" label={t('download.model')} hint={t('download.modelHint')}>
          <TextInput autoComplete="off" spellCheck={false} maxLength={500} />
        </Field>
        <Field name="revision" label={t('download.revision')} hint={t('download.revisionHint')}>
          <TextInput autoComplete="off" spellCheck={false} maxLength={100} />
        </Field>
        <div className="flex justify-end">
          <SubmitButton kind="primary">{t('download.start')}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}
