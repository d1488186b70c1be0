'use client'

import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl/react'
import { cutPassages } from '@/app/projects/[projectId]/passages/actions'
import { settingsChange } from '@/app/projects/[projectId]/passages/_components/hand-on-settings'
import { useRedraw } from '@/app/projects/[projectId]/passages/_components/redrawing'
import { SettingNumber } from '@/app/projects/[projectId]/passages/_components/setting-number'
import type { Typed } from '@/app/projects/[projectId]/passages/_passage-query'
import { ActionForm, usePending } from '@/app/_ui/action-form'
import { Checkbox } from '@/app/_ui/checkbox'
import { cx } from '@/app/_ui/cx'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { useRest } from '@/app/_ui/use-rest'

const strategies = ['length', 'scene', 'chapter'] as const
const registers = ['modern', 'early_vernacular', 'classical'] as const
/** Of the form's fields these say nothing about the cutting. */
const apart = ['projectId', 'name']
/** Of the URL's values these are the view beside the form, and stay. */
const view = ['novel', 'chapter', 'model']
/** Milliseconds of rest after which a change is tried. */
const rest = 50

type Props = { projectId: string; given: Typed; wrong: Readonly<Record<string, string>>; hints: Readonly<Record<string, string>>; canCut: boolean }

/** How passages are cut. A change goes into the URL, and the preview beside it is drawn anew. */
export function SettingsForm(props: Props) {
  const t = useTranslations('passages')
  const { drawing, replace } = useRedraw()
  const later = useRest(rest)
  const isTyping = useRef(false)
  const box = useRef<HTMLFieldSetElement>(null)

  // A preset, another set, the browser's way back: the fields follow the URL unless a hand is on them.
  useEffect(() => {
    if (!isTyping.current && box.current && !box.current.contains(document.activeElement)) fill(box.current, props.given)
  }, [props.given])

  const changed = (event: FormEvent<HTMLFieldSetElement>) => {
    const form = event.currentTarget.form
    if (!form) return
    settingsChange()
    isTyping.current = true
    later(() => {
      isTyping.current = false
      const query = new URLSearchParams()
      for (const [name, value] of new FormData(form)) if (!apart.includes(name) && typeof value === 'string') query.append(name, value)
      const before = new URLSearchParams(window.location.search)
      for (const name of view) for (const value of before.getAll(name)) query.append(name, value)
      replace(`?${query}`)
    })
  }

  const number = (name: Exclude<keyof Typed, 'registers' | 'strategy'>, unit: string, placeholder?: string) => (
    <SettingNumber name={name} label={t(name)} hint={props.hints[name]} wrong={props.wrong[name]} unit={unit} value={props.given[name]} placeholder={placeholder} />
  )
  return (
    <ActionForm action={cutPassages} values={{ projectId: props.projectId }} label={t('settings')}>
      <fieldset ref={box} onChange={changed} className="m-0 grid min-w-0 content-start gap-5 border-0 p-0" aria-busy={drawing}>
        <legend className="sr-only">{t('settings')}</legend>
        <Group title={t('strategy')} wrong={props.wrong.strategy}>
          {strategies.map((strategy) => (
            <label key={strategy} className="grid cursor-pointer grid-cols-[auto_1fr] gap-x-2">
              <input type="radio" name="strategy" value={strategy} defaultChecked={props.given.strategy === strategy} aria-describedby={`strategy-${strategy}`} className="mt-0.5 size-4" />
              <span>{t(`strategies.${strategy}`)}</span>
              <span id={`strategy-${strategy}`} className="col-start-2 text-sm text-muted">{t(`strategyHints.${strategy}`)}</span>
            </label>
          ))}
        </Group>
        <Group title={t('lengthsOf')}>
          {number('target', t('charactersUnit'))}
          {number('minimum', t('charactersUnit'))}
          {number('maximum', t('charactersUnit'))}
          {/* It stays in the form when it is not shown, so that it comes back as it was. */}
          <div hidden={props.given.strategy !== 'chapter'}>{number('chapterMaximum', t('charactersUnit'))}</div>
        </Group>
        <Group title={t('registers')} hint={props.hints.registers} wrong={props.wrong.registers}>
          {registers.map((register) => (
            <Checkbox key={register} name="registers" value={register} label={t(`register.${register}`)} defaultChecked={props.given.registers.includes(register)} />
          ))}
        </Group>
        <Group title={t('draw')}>
          {number('limit', t('passagesUnit'), t('all'))}
          {number('endings', t('percent'))}
          {number('seed', '')}
        </Group>
      </fieldset>
      <Field name="name" label={t('name')} hint={t('nameHint')}>
        <TextInput maxLength={60} autoComplete="off" />
      </Field>
      <SubmitButton kind="primary" disabled={!props.canCut}>
        {t('cut')}
      </SubmitButton>
      <Starting />
    </ActionForm>
  )
}

/** Says that the cutting is being queued, until the set's own page shows how far it is. */
function Starting() {
  const t = useTranslations('passages')
  const pending = usePending()
  return (
    <p role="status" className={cx('m-0 text-sm text-muted', !pending && 'sr-only')}>
      {pending && t('starting')}
    </p>
  )
}

function Group({ title, hint, wrong, children }: { title: string; hint?: string; wrong?: string; children: ReactNode }) {
  return (
    <fieldset className="m-0 grid min-w-0 gap-2 border-0 p-0">
      <legend className="mb-1.5 p-0 text-sm text-muted">{title}</legend>
      {children}
      {hint && <p className="m-0 text-sm text-muted">{hint}</p>}
      {wrong && (
        <p role="alert" className="m-0 text-sm text-seal">
          {wrong}
        </p>
      )}
    </fieldset>
  )
}

function fill(box: HTMLFieldSetElement, given: Typed) {
  const texts: Record<string, unknown> = given
  for (const input of box.querySelectorAll('input')) {
    const value = texts[input.name]
    if (input.type === 'checkbox') input.checked = given.registers.includes(input.value)
    else if (input.type === 'radio') input.checked = given.strategy === input.value
    else if (typeof value === 'string') input.value = value
  }
}
