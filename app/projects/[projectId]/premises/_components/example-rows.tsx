'use client'

import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Textarea } from '@/app/_ui/inputs'
import type { Example } from '@/lib/llm/prompts'

const most = 20

/** Worked examples, a passage and its premise each; added, taken out and put in another order by mouse or keyboard (Alt and an arrow). */
export function ExampleRows({ path, examples, onChange }: { path: string; examples: readonly Example[]; onChange: (examples: Example[]) => void }) {
  const t = useTranslations('premises')
  const box = useRef<HTMLFieldSetElement>(null)
  /** After the rows have changed: the hand goes on at this row, or at the button that adds one. */
  const goTo = (at: number, part = 'passage') =>
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-row="${at}"] [data-part="${part}"], [data-add]`)?.focus())
  const set = (at: number, change: Partial<Example>) => onChange(examples.map((example, which) => (which === at ? { ...example, ...change } : example)))
  const move = (at: number, by: -1 | 1, part: string) => {
    const one = examples[at]
    const other = examples[at + by]
    if (!one || !other) return
    onChange(examples.map((example, which) => (which === at ? other : which === at + by ? one : example)))
    goTo(at + by, part)
  }
  const remove = (at: number) => {
    onChange(examples.filter((_, which) => which !== at))
    goTo(Math.min(at, examples.length - 2))
  }
  const press = (event: KeyboardEvent<HTMLElement>, at: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    const part = event.target instanceof HTMLElement ? (event.target.dataset.part ?? 'passage') : 'passage'
    move(at, event.key === 'ArrowUp' ? -1 : 1, part)
  }
  return (
    <fieldset ref={box} className="m-0 grid min-w-0 gap-3 border-0 p-0">
      <legend className="mb-1 p-0 font-semibold">{t('examples')}</legend>
      <p className="m-0 text-sm text-muted">{t('examplesHint')}</p>
      {examples.map((example, at) => (
        <div key={at} data-row={at} onKeyDown={(event) => press(event, at)} role="group" aria-label={t('example', { ordinal: at + 1 })} className="grid grid-cols-[minmax(0,1fr)_auto] gap-2 rounded-base border border-line p-3">
          <div className="grid gap-2">
            <ExampleText name={`${path}.${at}.passage`} part="passage" rows={3} label={t('examplePassage', { ordinal: at + 1 })} placeholder={t('passage')} value={example.passage} onChange={(passage) => set(at, { passage })} />
            <ExampleText name={`${path}.${at}.premise`} part="premise" rows={2} label={t('examplePremise', { ordinal: at + 1 })} placeholder={t('premise')} value={example.premise} onChange={(premise) => set(at, { premise })} />
          </div>
          <div className="grid content-start">
            <Button small kind="quiet" data-part="up" disabled={at === 0} aria-label={t('exampleUp', { ordinal: at + 1 })} onClick={() => move(at, -1, 'up')}>
              <ArrowUp size={15} aria-hidden />
            </Button>
            <Button small kind="quiet" data-part="down" disabled={at === examples.length - 1} aria-label={t('exampleDown', { ordinal: at + 1 })} onClick={() => move(at, 1, 'down')}>
              <ArrowDown size={15} aria-hidden />
            </Button>
            <Button small kind="quiet" aria-label={t('removeExample', { ordinal: at + 1 })} onClick={() => remove(at)}>
              <X size={15} aria-hidden />
            </Button>
          </div>
        </div>
      ))}
      {examples.length < most && (
        <Button
          small
          data-add
          className="justify-self-start"
          onClick={() => {
            onChange([...examples, { passage: '', premise: '' }])
            goTo(examples.length)
          }}
        >
          <Plus size={14} aria-hidden />
          {t('addExample')}
        </Button>
      )}
    </fieldset>
  )
}

function ExampleText(props: { name: string; part: string; rows: number; label: string; placeholder: string; value: string; onChange: (value: string) => void }) {
  return (
    <Field name={props.name} label={<span className="sr-only">{props.label}</span>}>
      <Textarea data-part={props.part} rows={props.rows} lang="zh-CN" placeholder={props.placeholder} value={props.value} onChange={(event) => props.onChange(event.target.value)} />
    </Field>
  )
}
