'use client'

import { useEffect, useId, useRef } from 'react'
import { useFormatter, useLocale, useTranslations } from 'use-intl/react'
import type { SettingSpec } from '@/app/_settings/setting-spec'
import type { FormValue } from '@/app/_settings/setting-values'
import { useFieldError } from '@/app/_ui/action-form'
import { Checkbox } from '@/app/_ui/checkbox'
import { Field } from '@/app/_ui/field'
import { NumberInput, Select, Textarea, TextInput } from '@/app/_ui/inputs'

type Props = { spec: SettingSpec; label: string; optionLabel?: (option: string) => string; value: FormValue; warning?: string; onChange: (value: FormValue) => void }

/** One setting with its label, hint and range, and its error where a person sees it: a fold around it opens. */
export function SettingField(props: Props) {
  const { spec, label, value, onChange } = props
  const error = useFieldError(spec.name)
  const place = useRef<HTMLDivElement>(null)
  const range = useRange(spec)
  useEffect(() => {
    const fold = error ? place.current?.closest('details') : null
    if (fold) fold.open = true
  }, [error])
  // Chinese sentences follow one another without a space.
  const hint = [spec.hint, range].filter(Boolean).join(useLocale() === 'en' ? ' ' : '')

  return (
    <div ref={place}>
      {spec.kind === 'switch' && <Checkbox name={spec.name} label={<span className="font-semibold">{label}</span>} hint={hint} checked={value === true} onChange={(event) => onChange(event.target.checked)} />}
      {spec.kind === 'choices' && <Choices {...props} hint={hint} error={error} />}
      {spec.kind === 'lines' && (
        <Field name={spec.name} label={label} hint={hint}>
          <Textarea rows={3} value={Array.isArray(value) ? value.join('\n') : ''} onChange={(event) => onChange(event.target.value.split('\n'))} />
        </Field>
      )}
      {(spec.kind === 'number' || spec.kind === 'text' || spec.kind === 'choice') && (
        <Field name={spec.name} label={label} hint={hint}>
          <Control {...props} value={String(value)} />
        </Field>
      )}
      {props.warning && <p className="mt-1 mb-0 text-sm text-gamboge-text">{props.warning}</p>}
    </div>
  )
}

function Control({ spec, value, onChange, optionLabel }: Props & { value: string }) {
  if (spec.kind === 'choice') {
    return (
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        {spec.options.map((option) => (
          <option key={option} value={option}>
            {optionLabel?.(option) ?? option}
          </option>
        ))}
      </Select>
    )
  }
  if (spec.kind === 'text') return <TextInput value={value} onChange={(event) => onChange(event.target.value)} />
  // As text: a number field would swallow what it cannot read, and the schema could not say what is wrong with it.
  return <NumberInput type="text" value={value} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
}

function Choices({ spec, label, value, onChange, hint, error }: Props & { hint: string; error: string | undefined }) {
  const id = useId()
  const chosen = Array.isArray(value) ? value : []
  const toggle = (option: string, on: boolean) => onChange(spec.options.filter((each) => (each === option ? on : chosen.includes(each))))
  return (
    <fieldset className="m-0 border-0 p-0" aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}>
      <legend className="mb-1 p-0 font-semibold">{label}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1.5">
        {spec.options.map((option) => (
          <Checkbox key={option} name={spec.name} value={option} label={<code className="text-sm">{option}</code>} checked={chosen.includes(option)} onChange={(event) => toggle(option, event.target.checked)} />
        ))}
      </div>
      <p id={`${id}-hint`} className="mt-1 mb-0 text-sm text-muted">
        {hint}
      </p>
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1 mb-0 text-sm text-seal">
          {error}
        </p>
      )}
    </fieldset>
  )
}

function useRange(spec: SettingSpec): string | null {
  const t = useTranslations('settings')
  const format = useFormatter()
  const { minimum, maximum } = spec
  if (spec.kind !== 'number' || minimum === null || maximum === null) return null
  const number = (value: number) => format.number(value, { maximumFractionDigits: 6 })
  const ends = { minimum: number(minimum), maximum: number(maximum) }
  if (spec.aboveMinimum) return t('range.above', ends)
  if (spec.belowMaximum) return t('range.below', ends)
  return t(spec.integer ? 'range.whole' : 'range.from', ends)
}
