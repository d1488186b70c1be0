'use client'

import { startTransition, useActionState, useOptimistic } from 'react'
import { type ActionState, type FormAction, idle } from '@/app/_guard/action-state'
import { useOutcome } from '@/app/_ui/use-outcome'

/** A select that takes effect at once: choosing calls the action with `values` and its own name. */
export function Choice(props: {
  label: string
  name: string
  value: string
  options: readonly { value: string; label: string }[]
  action: FormAction
  values: Record<string, string | number>
}) {
  const say = useOutcome()
  const [, act, pending] = useActionState(async (before: ActionState, form: FormData) => {
    const after = await props.action(before, form)
    say(after)
    return after
  }, idle)
  const [shown, show] = useOptimistic(props.value)

  const choose = (value: string) => {
    const form = new FormData()
    for (const [name, each] of Object.entries(props.values)) form.set(name, String(each))
    form.set(props.name, value)
    startTransition(() => {
      show(value)
      act(form)
    })
  }
  return (
    <select aria-label={props.label} value={shown} disabled={pending} onChange={(event) => choose(event.target.value)} className="h-8 max-w-full rounded-base border border-line bg-raised px-1.5 text-sm text-ink hover:border-edge">
      {props.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
