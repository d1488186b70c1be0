'use client'

import { useId } from 'react'
import { useTranslations } from 'use-intl/react'
import type { WriterOptions } from '@/app/_writer/writer-options'
import { Field } from '@/app/_ui/field'
import { NumberInput, Select, TextInput } from '@/app/_ui/inputs'

/** One way of asking, as the form holds it: `prompt` is a version's id or `draft`, `writer` `engine` or an endpoint's id. */
export type SideValue = { prompt: string; writer: string; model: string; style: 'chat' | 'completions'; temperature: string }

export type VersionOption = { id: string; version: number; note: string }

/** Which words, who writes, and how freely: one side of a trial. */
export function SideFields(props: {
  at: number
  title: string
  value: SideValue
  versions: readonly VersionOption[]
  hasDraft: boolean
  writers: WriterOptions
  onChange: (value: SideValue) => void
}) {
  const t = useTranslations('premises')
  const w = useTranslations('writer')
  const list = useId()
  const { at, value } = props
  const set = (change: Partial<SideValue>) => props.onChange({ ...value, ...change })
  const chooseWriter = (writer: string) => {
    const endpoint = props.writers.endpoints.find(({ id }) => id === writer)
    set({ writer, model: endpoint ? '' : (props.writers.models[0]?.name ?? ''), style: endpoint?.style ?? 'chat' })
  }
  return (
    <fieldset className="m-0 grid min-w-0 content-start gap-3 rounded-base border border-line p-4">
      <legend className="px-1 font-semibold">{props.title}</legend>
      <Field name={`prompt${at}`} label={t('prompt')}>
        <Select value={value.prompt} onChange={(event) => set({ prompt: event.target.value })}>
          {props.hasDraft && <option value="draft">{t('theDraft')}</option>}
          {props.versions.map((version) => (
            <option key={version.id} value={version.id}>
              {[t('version', { version: version.version }), version.note].filter(Boolean).join(' · ')}
            </option>
          ))}
        </Select>
      </Field>
      <Field name={`writer${at}`} label={w('title')}>
        <Select value={value.writer} onChange={(event) => chooseWriter(event.target.value)}>
          <option value="engine">{w('engine')}</option>
          {props.writers.endpoints.map((endpoint) => (
            <option key={endpoint.id} value={endpoint.id}>
              {endpoint.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field name={`model${at}`} label={w('model')}>
        <TextInput list={list} value={value.model} autoComplete="off" onChange={(event) => set({ model: event.target.value })} />
        {value.writer === 'engine' && (
          <datalist id={list}>
            {props.writers.models.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </datalist>
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Field name={`style${at}`} label={t('sampling.style')}>
          <Select value={value.style} onChange={(event) => set({ style: event.target.value === 'chat' ? 'chat' : 'completions' })}>
            <option value="chat">chat</option>
            <option value="completions">completions</option>
          </Select>
        </Field>
        <Field name={`temperature${at}`} label={t('sampling.temperature')}>
          <NumberInput min={0} max={2} step={0.1} value={value.temperature} onChange={(event) => set({ temperature: event.target.value })} />
        </Field>
      </div>
    </fieldset>
  )
}
