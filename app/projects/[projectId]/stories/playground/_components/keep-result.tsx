'use client'

import { Bookmark } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { keepPlayed } from '@/app/_plays/actions'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { Select, Textarea } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'

/** A run to keep a result on; `value` is its kind and id. */
export type KeepOption = { value: string; label: string; isOwn: boolean }

/** The way to keep a column's text as a note on a run: the one its writer came from first. */
export function KeepResult({ projectId, playId, place, writer, options }: { projectId: string; playId: string; place: number; writer: string; options: readonly KeepOption[] }) {
  const t = useTranslations('playground')
  const [open, setOpen] = useState(false)
  if (options.length === 0) return null
  const groups = [true, false].map((isOwn) => ({ isOwn, options: options.filter((option) => option.isOwn === isOwn) })).filter((group) => group.options.length > 0)
  return (
    <Dialog
      title={t('keep')}
      description={t('keepWhat')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button small kind="quiet" aria-label={t('keepOf', { number: place + 1, writer })}>
          <Bookmark size={14} aria-hidden />
          {t('keep')}
        </Button>
      }
    >
      <ActionForm action={keepPlayed} values={{ projectId, playId, place }} label={t('keep')} onDone={() => setOpen(false)}>
        <Field name="on" label={t('keepOn')}>
          <Select defaultValue={options[0]?.value}>
            {groups.map((group) => (
              <optgroup key={String(group.isOwn)} label={t(group.isOwn ? 'keepOwn' : 'keepOther')}>
                {group.options.map(({ value, label }) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
        </Field>
        <Field name="note" label={t('note')}>
          <Textarea rows={3} maxLength={2000} placeholder={t('notePlaceholder')} />
        </Field>
        <div className="flex justify-end">
          <SubmitButton kind="primary">{t('keepIt')}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}
