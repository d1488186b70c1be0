'use client'

import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { noteVersion } from '@/app/_prompts/actions'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'

/** A person's word about a version, changed in its place. */
export function VersionNote({ projectId, promptVersionId, version, note }: { projectId: string; promptVersionId: string; version: number; note: string }) {
  const t = useTranslations('prompts')
  const [editing, setEditing] = useState(false)
  if (!editing) {
    return (
      <span className="inline-flex flex-wrap items-center gap-x-1">
        {note && <span>{note}</span>}
        <Button small kind="quiet" aria-label={t('noteOf', { version })} title={t('noteOf', { version })} onClick={() => setEditing(true)}>
          <Pencil size={13} aria-hidden />
          {note ? '' : t('note')}
        </Button>
      </span>
    )
  }
  return (
    <ActionForm action={noteVersion} values={{ projectId, promptVersionId }} label={t('noteOf', { version })} className="!flex flex-wrap items-center gap-2" onDone={() => setEditing(false)}>
      <Field name="note" label={<span className="sr-only">{t('noteOf', { version })}</span>}>
        <TextInput autoFocus defaultValue={note} maxLength={200} className="!w-64" onKeyDown={(event) => event.key === 'Escape' && setEditing(false)} />
      </Field>
      <SubmitButton small>{t('saveNote')}</SubmitButton>
    </ActionForm>
  )
}
