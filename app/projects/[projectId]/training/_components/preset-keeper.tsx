'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import type { FormAction } from '@/app/_guard/action-state'
import type { FormValues } from '@/app/_settings/setting-values'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { ConfirmDialog } from '@/app/_ui/confirm-dialog'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { deletePreset, renamePreset, replacePreset, savePreset } from '@/app/projects/[projectId]/training/preset-actions'

/** Keeps the form's settings under a name; of a preset of one's own that is chosen: saves into it, renames, deletes. */
export function PresetKeeper({ values, baseModel, own }: { values: FormValues; baseModel: string; own: { id: string; name: string } | null }) {
  const t = useTranslations('training.preset')
  // As a form would send them: a switch that is off is not there.
  const settings = JSON.stringify(Object.fromEntries(Object.entries<FormValues[string]>({ ...values, baseModel }).filter(([, value]) => value !== false)))
  return (
    <div className="flex flex-wrap items-center gap-2">
      <NameDialog trigger={t('save')} title={t('saveTitle')} about={t('saveAbout')} confirm={t('saveConfirm')} name="" action={savePreset} values={{ settings }} />
      {own && (
        <>
          <ConfirmDialog small triggerKind="plain" trigger={t('replace', { name: own.name })} title={t('replaceTitle', { name: own.name })} confirm={t('saveConfirm')} action={replacePreset} values={{ id: own.id, settings }}>
            <p className="m-0">{t('replaceAbout')}</p>
          </ConfirmDialog>
          <NameDialog trigger={t('rename')} title={t('renameTitle', { name: own.name })} confirm={t('rename')} name={own.name} action={renamePreset} values={{ id: own.id }} />
          <ConfirmDialog small trigger={t('delete')} title={t('deleteTitle', { name: own.name })} confirm={t('delete')} action={deletePreset} values={{ id: own.id }}>
            <p className="m-0">{t('deleteAbout')}</p>
          </ConfirmDialog>
        </>
      )}
    </div>
  )
}

function NameDialog(props: { trigger: string; title: string; about?: string; confirm: string; name: string; action: FormAction; values: Record<string, string> }) {
  const t = useTranslations('training.preset')
  const [open, setOpen] = useState(false)
  return (
    <Dialog open={open} onOpenChange={setOpen} title={props.title} description={props.about} trigger={<Button small>{props.trigger}</Button>}>
      <ActionForm action={props.action} values={props.values} label={props.title} onDone={() => setOpen(false)}>
        <Field name="name" label={t('name')}>
          <TextInput defaultValue={props.name} maxLength={60} autoComplete="off" />
        </Field>
        <div className="flex justify-end">
          <SubmitButton kind="primary">{props.confirm}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}
