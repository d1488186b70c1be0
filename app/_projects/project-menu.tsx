'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { removeProject, nameProject } from '@/app/actions'

/** Renames or deletes one project of the list; `removes` says what goes with it. */
export function ProjectMenu({ project, removes }: { project: { id: string; name: string }; removes: readonly string[] }) {
  const t = useTranslations('projects')
  const [open, setOpen] = useState(false)
  return (
    <span className="flex gap-2">
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t('renameTitle', { name: project.name })}
        trigger={
          <Button small kind="quiet" aria-label={t('renameTitle', { name: project.name })}>
            {t('rename')}
          </Button>
        }
      >
        <ActionForm action={nameProject} values={{ projectId: project.id }} onDone={() => setOpen(false)}>
          <Field name="name" label={t('name')}>
            <TextInput maxLength={80} autoComplete="off" defaultValue={project.name} />
          </Field>
          <div className="flex justify-end">
            <SubmitButton kind="primary">{t('save')}</SubmitButton>
          </div>
        </ActionForm>
      </Dialog>
      <ConfirmDialog
        small
        triggerKind="quiet"
        trigger={t('delete')}
        triggerLabel={t('deleteTitle', { name: project.name })}
        title={t('deleteTitle', { name: project.name })}
        removes={removes}
        confirm={t('delete')}
        action={removeProject}
        values={{ projectId: project.id }}
      >
        <p className="m-0 mb-2">{t('deleteWhat')}</p>
      </ConfirmDialog>
    </span>
  )
}
