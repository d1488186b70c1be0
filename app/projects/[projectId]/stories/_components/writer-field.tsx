'use client'

import { useTranslations } from 'use-intl/react'
import { Field } from '@/app/_ui/field'
import { Select, TextInput } from '@/app/_ui/inputs'

export type WriterChoice = {
  /** As the form sends it: `model:` or `endpoint:` and the id. */
  value: string
  group: 'merged' | 'base' | 'endpoint'
  label: string
  /** The version that a tuned model was trained with. */
  promptVersionId: string | null
  style: 'chat' | 'completions' | null
}

const groups = ['merged', 'base', 'endpoint'] as const

/** Who writes: a model of this machine, or one behind an endpoint by its name there. */
export function WriterField({ writers, value, onChange }: { writers: readonly WriterChoice[]; value: string; onChange: (value: string) => void }) {
  const t = useTranslations('stories')
  const chosen = writers.find((writer) => writer.value === value)
  return (
    <>
      <Field name="writer" label={t('writer')} hint={t('writerHint')}>
        <Select value={value} onChange={(event) => onChange(event.target.value)}>
          {groups.map((group) => {
            const own = writers.filter((writer) => writer.group === group)
            if (own.length === 0) return null
            return (
              <optgroup key={group} label={t(`writers.${group}`)}>
                {own.map((writer) => (
                  <option key={writer.value} value={writer.value}>
                    {writer.label}
                  </option>
                ))}
              </optgroup>
            )
          })}
        </Select>
      </Field>
      {chosen?.group === 'endpoint' && (
        <Field name="endpointModel" label={t('endpointModel')} hint={t('endpointModelHint')}>
          <TextInput key={value} autoComplete="off" spellCheck={false} placeholder="qwen2.5-7b-instruct" />
        </Field>
      )}
    </>
  )
}
