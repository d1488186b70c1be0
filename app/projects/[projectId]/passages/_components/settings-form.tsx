'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useRef, useTransition } from 'react'
import { useTranslations } from 'use-intl/react'
import { cutPassages } from '@/app/projects/[projectId]/passages/actions'
import { ActionForm } from '@/app/_ui/action-form'
import { Checkbox } from '@/app/_ui/checkbox'
import { Field } from '@/app/_ui/field'
import { NumberInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { NovelSettings } from '@/lib/settings/novels'

const registers = ['modern', 'early_vernacular', 'classical'] as const satisfies readonly NovelSettings['registers'][number][]
const numbers = ['target', 'minimum', 'maximum', 'limit'] as const
/** Milliseconds of rest after which a change is tried on the sample. */
const rest = 120

type Given = { registers: readonly string[]; target: number; minimum: number; maximum: number; limit: number | null; seed: number }

/** How passages are cut. A change goes into the URL, and the sample beside it is drawn anew. */
export function SettingsForm(props: { projectId: string; given: Given; wrong: readonly string[]; hints: Record<(typeof numbers)[number] | 'registers', string>; canCut: boolean }) {
  const t = useTranslations('passages')
  const router = useRouter()
  const [drawing, start] = useTransition()
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const box = useRef<HTMLFieldSetElement>(null)
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), [])

  // A preset, another set, the browser's way back: the fields follow the URL unless a hand is on them.
  useEffect(() => {
    if (timer.current === null && box.current && !box.current.contains(document.activeElement)) fill(box.current, props.given)
  }, [props.given])

  const changed = (event: FormEvent<HTMLFieldSetElement>) => {
    const form = event.currentTarget.form
    if (!form) return
    if (timer.current) clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      timer.current = null
      const query = new URLSearchParams()
      for (const [name, value] of new FormData(form)) if (name !== 'projectId' && typeof value === 'string') query.append(name, value)
      start(() => router.replace(`?${query}`, { scroll: false }))
    }, rest)
  }

  return (
    <ActionForm action={cutPassages} values={{ projectId: props.projectId }} label={t('settings')}>
      <fieldset ref={box} onChange={changed} className="m-0 grid min-w-0 content-start gap-4 border-0 p-0" aria-busy={drawing}>
        <legend className="sr-only">{t('settings')}</legend>
        {numbers.map((name) => (
          <Field key={name} name={name} label={t(name)} hint={props.hints[name]} error={props.wrong.includes(name) ? t('wrong') : undefined}>
            <NumberInput unit={t(name === 'limit' ? 'passagesUnit' : 'charactersUnit')} min={1} step={1} defaultValue={props.given[name] ?? ''} placeholder={name === 'limit' ? t('all') : undefined} />
          </Field>
        ))}
        <fieldset className="m-0 grid gap-1.5 border-0 p-0">
          <legend className="mb-1 p-0 font-semibold">{t('registers')}</legend>
          {registers.map((register) => (
            <Checkbox key={register} name="registers" value={register} label={t(`register.${register}`)} defaultChecked={props.given.registers.includes(register)} />
          ))}
          <p className="m-0 text-sm text-muted">{props.hints.registers}</p>
          {props.wrong.includes('registers') && (
            <p role="alert" className="m-0 text-sm text-seal">
              {t('noRegister')}
            </p>
          )}
        </fieldset>
        <input type="hidden" name="seed" value={props.given.seed} />
      </fieldset>
      <SubmitButton kind="primary" disabled={!props.canCut}>
        {t('cut')}
      </SubmitButton>
    </ActionForm>
  )
}

function fill(box: HTMLFieldSetElement, given: Given) {
  for (const input of box.querySelectorAll('input')) {
    const number = numbers.find((name) => name === input.name)
    if (input.type === 'checkbox') input.checked = given.registers.includes(input.value)
    else if (number) input.value = String(given[number] ?? '')
  }
}
