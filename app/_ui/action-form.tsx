'use client'

import { createContext, type FormEvent, type ReactNode, startTransition, useActionState, useContext, useEffect, useRef } from 'react'
import { type ActionState, type FormAction, idle } from '@/app/_guard/action-state'
import { cx } from '@/app/_ui/cx'
import { useToast } from '@/app/_ui/toast'

const FormState = createContext<{ state: ActionState; pending: boolean }>({ state: idle, pending: false })

/** What the action said about the field of this name, if anything. */
export function useFieldError(name: string): string | undefined {
  const { state } = useContext(FormState)
  return state.status === 'failed' ? state.fields[name] : undefined
}

export function usePending(): boolean {
  return useContext(FormState).pending
}

/**
 * A form around a server action (`runAction`): errors appear at their fields or
 * above the buttons, success as a toast. What was typed stays when it fails.
 */
export function ActionForm(props: {
  action: FormAction
  /** Hidden values that go with the form, such as ids. */
  values?: Record<string, string | number>
  className?: string
  label?: string
  onDone?: () => void
  children: ReactNode
}) {
  const [state, act, pending] = useActionState(props.action, idle)
  const toast = useToast()
  const { onDone } = props
  const told = useRef(0)

  useEffect(() => {
    if (state.status !== 'done' || told.current === state.at) return
    told.current = state.at
    if (state.message) toast(state.message)
    onDone?.()
  }, [state, toast, onDone])

  // Calling the action by hand keeps what was typed; React empties a form after `action`.
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    const submitter = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null
    const form = new FormData(event.currentTarget, submitter)
    startTransition(() => act(form))
  }

  const general = state.status === 'failed' && Object.keys(state.fields).length === 0 ? state.error : null
  return (
    <form onSubmit={submit} className={cx('grid content-start gap-4', props.className)} aria-label={props.label} noValidate>
      {Object.entries(props.values ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FormState value={{ state, pending }}>{props.children}</FormState>
      {general && (
        <p role="alert" className="m-0 text-seal">
          {general}
        </p>
      )}
    </form>
  )
}
