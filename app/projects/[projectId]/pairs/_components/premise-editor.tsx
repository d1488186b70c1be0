'use client'

import { Pencil } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { decideOnPair } from '@/app/projects/[projectId]/pairs/actions'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Textarea } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'

/**
 * A pair's premise, and the editing of it in its place; what was written can be had back. Words that were typed and not
 * saved are kept in the tab until they are saved or given up. `beginsEditing`: the page was opened to edit.
 */
export function PremiseEditor({ projectId, pair, premise, written, beginsEditing = false }: { projectId: string; pair: string; premise: string; written: string; beginsEditing?: boolean }) {
  const t = useTranslations('pairs')
  const [editing, setEditing] = useState(beginsEditing)
  const [draft, setDraft] = useState<string | null>(null)
  const wasEditing = useRef(beginsEditing)
  const values = { projectId, pair }
  const store = `molian-draft-${pair}`
  useEffect(() => {
    const kept = sessionStorage.getItem(store)
    if (kept === null) return
    setDraft(kept)
    setEditing(true)
    wasEditing.current = true
  }, [store])
  const type = (text: string) => {
    setDraft(text)
    sessionStorage.setItem(store, text)
  }
  const end = () => {
    sessionStorage.removeItem(store)
    setDraft(null)
    setEditing(false)
  }
  const edit = () => {
    wasEditing.current = true
    setEditing(true)
  }
  /** After editing the focus goes back to the pair, where one is looked at alone, else to the button that began it. */
  const takeFocusBack = (button: HTMLButtonElement | null) => {
    if (!button || !wasEditing.current) return
    wasEditing.current = false
    const pair = button.closest<HTMLElement>('[data-pair]') ?? button
    pair.focus({ preventScroll: true })
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While characters are still being composed, the keys belong to the input method.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      end()
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      event.currentTarget.form?.requestSubmit()
    }
  }
  if (!editing) {
    return (
      <div className="grid justify-items-start gap-2">
        <p lang="zh-CN" className="m-0 font-serif text-[16px] leading-[1.7] [overflow-wrap:anywhere]">
          {premise || <span className="font-sans text-base text-muted">{t('noPremise')}</span>}
        </p>
        {premise !== written && written !== '' && (
          <p className="m-0 text-sm text-muted">
            {t('written')} <s lang="zh-CN">{written}</s>
          </p>
        )}
        <span className="-ml-2.5 flex gap-2">
          <Button small kind="quiet" ref={takeFocusBack} onClick={edit} data-key="e" aria-label={t('editOf', { id: pair })}>
            <Pencil size={13} aria-hidden />
            {t('edit')}
          </Button>
          {premise !== written && (
            <ActionForm action={decideOnPair} values={{ ...values, takeBack: 'edited' }}>
              <SubmitButton small kind="quiet">
                {t('takeBack')}
              </SubmitButton>
            </ActionForm>
          )}
        </span>
      </div>
    )
  }
  return (
    <ActionForm action={decideOnPair} values={values} onDone={end}>
      <Field name="edited" label={t('premise')}>
        <Textarea rows={3} ref={takeFocus} onKeyDown={press} value={draft ?? premise} onChange={(event) => type(event.target.value)} maxLength={2000} lang="zh-CN" />
      </Field>
      <div className="flex gap-2">
        <SubmitButton small>{t('save')}</SubmitButton>
        <Button small kind="quiet" onClick={end}>
          {t('cancel')}
        </Button>
      </div>
    </ActionForm>
  )
}

/** Editing was asked for: the hand goes on at the end of the text. One function, so that it is called once. */
function takeFocus(area: HTMLTextAreaElement | null) {
  area?.focus()
  area?.setSelectionRange(area.value.length, area.value.length)
}
