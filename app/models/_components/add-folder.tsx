'use client'

import { FolderPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { addFolder } from '@/app/models/actions'

/** The button and dialog that have models looked for in one more folder. */
export function AddFolder() {
  const t = useTranslations('models')
  const [open, setOpen] = useState(false)
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={t('addFolder')}
      trigger={
        <Button small>
          <FolderPlus size={14} aria-hidden />
          {t('addFolder')}
        </Button>
      }
    >
      <ActionForm action={addFolder} onDone={() => setOpen(false)}>
        <Field name="path" label={t('addFolderPath')} hint={t('addFolderHint')}>
          <TextInput autoComplete="off" spellCheck={false} placeholder="/data/models" />
        </Field>
        <div className="flex justify-end">
          <SubmitButton kind="primary">{t('add')}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}
