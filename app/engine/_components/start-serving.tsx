'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { ActionForm } from '@/app/_ui/action-form'
import { Checkbox } from '@/app/_ui/checkbox'
import { Field } from '@/app/_ui/field'
import { NumberInput, Select } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { serve } from '@/app/engine/actions'
import type { ServableModel } from '@/lib/stages/engine/engines'

/** The form that serves a model, with those of its adapters that are to be had beside it. `busy` are served already. */
export function StartServing({ models, busy }: { models: readonly ServableModel[]; busy: readonly string[] }) {
  const t = useTranslations('engine')
  const free = models.filter(({ id }) => !busy.includes(id))
  const [chosen, setChosen] = useState(free[0]?.id)
  const model = free.find(({ id }) => id === chosen) ?? free[0]
  if (!model) return null
  return (
    <details className="mt-4" open={busy.length === 0}>
      <summary className="w-fit font-semibold hover:text-ink">{t('serveOne')}</summary>
      <ActionForm action={serve} className="mt-3 max-w-[34em]" label={t('serveOne')}>
        <Field name="modelId" label={t('model')}>
          <Select value={model.id} onChange={(event) => setChosen(event.target.value)}>
            {free.map(({ id, name, kind }) => (
              <option key={id} value={id}>
                {kind === 'merged' ? t('mergedModel', { name }) : name}
              </option>
            ))}
          </Select>
        </Field>
        {model.adapters.length > 0 && (
          <fieldset className="m-0 grid gap-1.5 border-0 p-0">
            <legend className="mb-1 p-0 font-semibold">{t('withAdapters')}</legend>
            {model.adapters.map(({ id, name }) => (
              <Checkbox key={id} name="adapterIds" value={id} label={name} />
            ))}
            <p className="m-0 text-sm text-muted">{t('withAdaptersWhat')}</p>
          </fieldset>
        )}
        <Field name="context" label={t('context')} hint={t('contextWhat')}>
          <NumberInput defaultValue={4096} min={512} max={131_072} step={256} />
        </Field>
        <div>
          <SubmitButton kind="primary">{t('on')}</SubmitButton>
        </div>
      </ActionForm>
    </details>
  )
}
