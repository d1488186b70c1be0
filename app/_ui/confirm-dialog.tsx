'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import type { FormAction } from '@/app/_guard/action-state'
import { ActionForm } from '@/app/_ui/action-form'
import { Button, type ButtonKind } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { SubmitButton } from '@/app/_ui/submit-button'

/**
 * Asks before something that cannot be undone. `removes` names, line by line,
 * what will be gone; the action gets `values` as its form.
 */
export function ConfirmDialog(props: {
  trigger: ReactNode
  /** What the trigger does, where its word alone does not say to what. */
  triggerLabel?: string
  triggerKind?: ButtonKind
  small?: boolean
  title: string
  removes?: readonly string[]
  /** Why it cannot be done: said in the place of the question, and nothing can be confirmed. */
  refusal?: string
  children?: ReactNode
  confirm: string
  action: FormAction
  values: Record<string, string | number>
}) {
  const t = useTranslations('ui')
  const [open, setOpen] = useState(false)
  const removes = props.refusal === undefined ? (props.removes ?? []) : []
  // What is removed often takes this dialog's trigger along: then the focus goes to the page.
  const used = useRef(false)
  useEffect(() => {
    used.current ||= open
  }, [open])
  useEffect(
    () => () => {
      if (used.current && document.activeElement === document.body) document.getElementById('page')?.focus({ preventScroll: true })
    },
    [],
  )
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={props.title}
      description={
        props.refusal ??
        (removes.length === 0 && !props.children ? undefined : (
          <>
            {props.children}
            {removes.length > 0 && (
              <>
                <p className="m-0">{t('willRemove')}</p>
                <ul className="mt-1 mb-0 list-disc pl-5">
                  {removes.map((line) => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </>
            )}
          </>
        ))
      }
      trigger={
        <Button kind={props.triggerKind ?? 'danger'} small={props.small} aria-label={props.triggerLabel}>
          {props.trigger}
        </Button>
      }
    >
      {props.refusal === undefined && (
        <ActionForm action={props.action} values={props.values} onDone={() => setOpen(false)}>
          <div className="flex justify-end gap-3">
            <Button onClick={() => setOpen(false)}>{t('cancel')}</Button>
            <SubmitButton kind="primary">{props.confirm}</SubmitButton>
          </div>
        </ActionForm>
      )}
    </Dialog>
  )
}
