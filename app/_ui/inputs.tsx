'use client'

import type { ComponentProps } from 'react'
import { cx } from '@/app/_ui/cx'
import { useField } from '@/app/_ui/field'

const look =
  'w-full rounded-base border border-edge bg-raised px-2.5 text-ink placeholder:text-muted disabled:opacity-60 aria-invalid:border-seal'

function useTies(given: { id?: string; name?: string }) {
  const { id, name, describedBy, invalid } = useField()
  return {
    id: given.id ?? id,
    name: given.name ?? name,
    'aria-describedby': describedBy,
    'aria-invalid': invalid || undefined,
  }
}

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input type="text" {...rest} {...useTies(rest)} className={cx(look, 'h-9', className)} />
}

/** A number with its unit beside it; what was typed goes to the action as text and is parsed there. */
export function NumberInput({ className, unit, ...rest }: ComponentProps<'input'> & { unit?: string }) {
  const input = <input type="number" inputMode="decimal" {...rest} {...useTies(rest)} className={cx(look, 'h-9', className)} />
  if (!unit) return input
  return (
    <span className="flex items-center gap-2">
      {input}
      <span className="shrink-0 text-muted">{unit}</span>
    </span>
  )
}

export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select {...rest} {...useTies(rest)} className={cx(look, 'h-9', className)} />
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea rows={6} {...rest} {...useTies(rest)} className={cx(look, 'py-2 leading-relaxed', className)} />
}
