'use client'

import { createContext, type FormEvent, type ReactNode, startTransition, useActionState, useContext, useEffect, useRef, useState } from 'react'
import { type ActionState, type FormAction, idle } from '@/app/_guard/action-state'
import { cx } from '@/app/_ui/cx'
import { useOutcome } from '@/app/_ui/use-outcome'

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
  const say = useOutcome()
  // Said here and not after the next drawing: the action may well have taken this form off the page.
  const [state, act, pending] = useActionState(async (before: ActionState, form: FormData) => {
    const after = await props.action(before, form)
    if (after.status === 'done') {
      say(after)
      props.onDone?.()
    }
    return after
  }, idle)

  // What is said of a field that this form does not show has no other place than the form's end.
  const box = useRef<HTMLFormElement>(null)
  const [homeless, setHomeless] = useState<readonly string[]>([])
  useEffect(() => {
    if (state.status !== 'failed') return setHomeless([])
    const said = Object.entries(state.fields)
    const elements = box.current?.elements
    setHomeless(said.length === 0 ? [state.error] : said.filter(([name]) => !isShown(elements?.namedItem(name))).map(([, sentence]) => sentence))
    box.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [state])

  // Calling the action by hand keeps what was typed; React empties a form after `action`.
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    // A dialog's form lies elsewhere on the page, but React lets its events rise into the form around the dialog.
    event.stopPropagation()
    if (pending) return
    const submitter = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null
    const form = new FormData(event.currentTarget, submitter)
    startTransition(() => act(form))
  }

  return (
    <form ref={box} onSubmit={submit} className={cx('grid content-start gap-4', props.className)} aria-label={props.label} noValidate>
      {Object.entries(props.values ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <FormState value={{ state, pending }}>{props.children}</FormState>
      {homeless.map((sentence) => (
        <p key={sentence} role="alert" className="m-0 text-seal">
          {sentence}
        </p>
      ))}
    </form>
  )
}

function isShown(control: Element | RadioNodeList | null | undefined): boolean {
  return control instanceof RadioNodeList || (control instanceof HTMLElement && control.getAttribute('type') !== 'hidden')
}
