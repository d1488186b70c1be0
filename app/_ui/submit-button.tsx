'use client'

import type { ReactNode } from 'react'
import { useFormStatus } from 'react-dom'
import { Button, type ButtonKind } from '@/app/_ui/button'
import { usePending } from '@/app/_ui/action-form'

/** The button of a form: waits while the action runs, so that a double click is one click. */
export function SubmitButton(props: { kind?: ButtonKind; small?: boolean; name?: string; value?: string; disabled?: boolean; /** What it does, where its word alone does not say to what. */ label?: string; children: ReactNode }) {
  const native = useFormStatus().pending
  const pending = usePending() || native
  return (
    <Button type="submit" kind={props.kind} small={props.small} name={props.name} value={props.value} disabled={pending || props.disabled} aria-busy={pending} aria-label={props.label}>
      {props.children}
    </Button>
  )
}
