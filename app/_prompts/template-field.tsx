'use client'

import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl/react'
import { type Beginning, beginningAt, completionsOf, withVariable } from '@/app/_prompts/completion'
import { cx } from '@/app/_ui/cx'
import { Field } from '@/app/_ui/field'
import { Textarea } from '@/app/_ui/inputs'
import { type PromptVariable, templateFault } from '@/lib/llm/prompt-variables'

/**
 * A template with its variables: two braces offer their names, a button each puts one in, and one that does not exist
 * is said at once. `required` is the variable without which the template asks about nothing.
 */
export function TemplateField(props: {
  name: string
  label: ReactNode
  hint?: ReactNode
  value: string
  rows?: number
  variables: readonly [PromptVariable, ...PromptVariable[]]
  required: PromptVariable
  onChange: (value: string) => void
}) {
  const t = useTranslations('prompts')
  const list = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const [beginning, setBeginning] = useState<Beginning | null>(null)
  const [active, setActive] = useState(0)
  const options = beginning ? completionsOf(beginning.typed, props.variables) : []
  const isOpen = options.length > 0
  const fault = templateFault(props.value, props.variables, props.required)
  // Nothing is wrong yet with a name that is only begun.
  const error = fault && !isOpen ? (fault.kind === 'unknown' ? t('unknownVariable', { variable: braced(fault.variable), nearest: braced(fault.nearest) }) : t('missingVariable', { variable: braced(fault.variable) })) : undefined

  const look = () => {
    const element = area.current
    if (!element) return
    setBeginning(element.selectionStart === element.selectionEnd ? beginningAt(element.value, element.selectionStart) : null)
    setActive(0)
  }
  const put = (name: string) => {
    const element = area.current
    if (!element) return
    const { selectionStart, selectionEnd, value } = element
    const next = withVariable(value, beginning?.from ?? selectionStart, selectionEnd, name)
    // The caret can be set only when the new text is in its place, and must be there before the next key.
    flushSync(() => {
      props.onChange(next.text)
      setBeginning(null)
    })
    element.focus()
    element.setSelectionRange(next.caret, next.caret)
  }
  const press = (event: KeyboardEvent) => {
    if (!isOpen || event.nativeEvent.isComposing) return
    const chosen = options[active]
    if (event.key === 'ArrowDown') setActive((active + 1) % options.length)
    else if (event.key === 'ArrowUp') setActive((active + options.length - 1) % options.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) put(chosen)
    else if (event.key === 'Escape') setBeginning(null)
    else return
    event.preventDefault()
  }

  return (
    <div className="relative">
      <Field name={props.name} label={props.label} hint={props.hint} error={error}>
        <Textarea
          ref={area}
          rows={props.rows ?? 4}
          className="font-mono"
          lang="zh-CN"
          value={props.value}
          aria-autocomplete="list"
          aria-controls={isOpen ? list : undefined}
          aria-activedescendant={isOpen ? `${list}-${active}` : undefined}
          onChange={(event) => {
            props.onChange(event.target.value)
            look()
          }}
          onKeyDown={press}
          onClick={look}
          onBlur={() => setBeginning(null)}
        />
      </Field>
      {isOpen && (
        <div id={list} role="listbox" aria-label={t('variables')} className="absolute left-2 z-20 mt-0.5 min-w-60 rounded-base border border-line bg-raised p-1 shadow-float">
          {options.map((name, at) => (
            <div
              key={name}
              id={`${list}-${at}`}
              role="option"
              tabIndex={-1}
              aria-selected={at === active}
              className={cx('flex cursor-pointer items-baseline gap-3 rounded-base px-2 py-1', at === active && 'bg-wash')}
              // Before the field loses the focus, and with it the list.
              onMouseDown={(event) => {
                event.preventDefault()
                put(name)
              }}
            >
              <code className="text-sm">{braced(name)}</code>
              <span className="text-sm text-muted">{t(`variable.${nameOf(name, props.variables)}`)}</span>
            </div>
          ))}
        </div>
      )}
      <p className="mt-1.5 mb-0 flex flex-wrap gap-1.5" aria-label={t('variables')} role="group">
        {props.variables.map((name) => (
          <button key={name} type="button" title={t(`variable.${name}`)} aria-label={t('putVariable', { variable: braced(name), what: t(`variable.${name}`) })} className="rounded-base border border-line bg-raised px-1.5 py-0.5 font-mono text-xs text-muted hover:border-edge hover:text-ink" onClick={() => put(name)}>
            {braced(name)}
          </button>
        ))}
      </p>
    </div>
  )
}

function braced(name: string): string {
  return `{{${name}}}`
}

function nameOf(name: string, variables: readonly [PromptVariable, ...PromptVariable[]]): PromptVariable {
  return variables.find((each) => each === name) ?? variables[0]
}
