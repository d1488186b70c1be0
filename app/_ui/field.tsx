'use client'

import { createContext, type ReactNode, useContext, useId } from 'react'
import { useFieldError } from '@/app/_ui/action-form'

type Tie = { id: string; name: string; describedBy: string | undefined; invalid: boolean }

const FieldTie = createContext<Tie | null>(null)

/** The id, name and aria ties that the Field around a control gives it. */
export function useField(): Partial<Tie> {
  return useContext(FieldTie) ?? {}
}

/**
 * A label, a control, a hint and an error, tied together for those who listen.
 * The control inside (TextInput, NumberInput, Select, Textarea) takes its name from here;
 * the error is the action's word about that name, unless one is given.
 */
export function Field(props: { name: string; label: ReactNode; hint?: ReactNode; error?: string; className?: string; children: ReactNode }) {
  const id = useId()
  const said = useFieldError(props.name)
  const error = props.error ?? said
  const described = [props.hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean).join(' ')
  return (
    <div className={props.className}>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {props.label}
      </label>
      <FieldTie value={{ id, name: props.name, describedBy: described || undefined, invalid: Boolean(error) }}>{props.children}</FieldTie>
      {props.hint && (
        <p id={`${id}-hint`} className="mt-1 mb-0 text-sm text-muted">
          {props.hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1 mb-0 text-sm text-seal">
          {error}
        </p>
      )}
    </div>
  )
}
