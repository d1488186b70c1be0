'use client'

import { startTransition, useActionState, useId, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { idle } from '@/app/_guard/action-state'
import { tryEndpoint } from '@/app/_writer/actions'
import { useModels } from '@/app/_writer/use-models'
import type { WriterOptions } from '@/app/_writer/writer-options'
import { Button } from '@/app/_ui/button'
import { cx } from '@/app/_ui/cx'
import { Field } from '@/app/_ui/field'
import { Select, TextInput } from '@/app/_ui/inputs'

export type WriterValue = { kind: 'engine' | 'endpoint'; engineModel: string; endpointId: string; endpointModel: string }

/**
 * Who writes: a model of this machine, or one behind an endpoint. Its fields (writer, engineModel,
 * endpointId, endpointModel) go with the form around it and are read by chosenWriterOf.
 */
export function WriterChoice({ options, value, onChange, title }: { options: WriterOptions; value: WriterValue; onChange: (value: WriterValue) => void; /** Where it does something else than write. */ title?: string }) {
  const t = useTranslations('writer')
  const list = useId()
  // The endpoint of the value may be gone, or the first one just have been added.
  const endpointId = options.endpoints.find((endpoint) => endpoint.id === value.endpointId)?.id ?? options.endpoints[0]?.id ?? ''
  const offered = useModels(endpointId, value.kind === 'endpoint')
  return (
    <fieldset className="m-0 grid min-w-0 gap-3 border-0 p-0">
      <legend className="mb-2 p-0 font-semibold">{title ?? t('title')}</legend>
      <div className="flex flex-wrap gap-x-6 gap-y-1.5">
        {(['engine', 'endpoint'] as const).map((kind) => (
          <label key={kind} className="flex items-center gap-2">
            <input type="radio" name="writer" value={kind} checked={value.kind === kind} onChange={() => onChange({ ...value, kind })} className="size-4" />
            {t(kind)}
          </label>
        ))}
      </div>
      {value.kind === 'engine' ? (
        <Field name="engineModel" label={t('model')} hint={t('modelHint')}>
          <TextInput list={list} value={value.engineModel} autoComplete="off" onChange={(event) => onChange({ ...value, engineModel: event.target.value })} />
          <datalist id={list}>
            {options.models.map((model) => (
              <option key={model.name} value={model.name}>
                {t(`kind.${model.note}`)}
              </option>
            ))}
          </datalist>
        </Field>
      ) : options.endpoints.length === 0 ? (
        <p className="m-0 text-muted">{t('noEndpoint')}</p>
      ) : (
        <>
          <Field name="endpointId" label={t('endpointName')}>
            <Select value={endpointId} onChange={(event) => onChange({ ...value, endpointId: event.target.value })}>
              {options.endpoints.map((endpoint) => (
                <option key={endpoint.id} value={endpoint.id}>
                  {endpoint.name} · {endpoint.baseUrl}
                </option>
              ))}
            </Select>
          </Field>
          <Field name="endpointModel" label={t('endpointModel')} hint={offered.length > 0 ? t('listed', { count: offered.length }) : t('endpointModelHint')}>
            <TextInput list={`${list}-models`} value={value.endpointModel} autoComplete="off" onChange={(event) => onChange({ ...value, endpointModel: event.target.value })} />
          </Field>
          <datalist id={`${list}-models`}>
            {offered.map((model) => (
              <option key={model} value={model}>
                {model}
              </option>
            ))}
          </datalist>
          <TryEndpoint endpointId={endpointId} model={value.endpointModel} />
        </>
      )}
    </fieldset>
  )
}

/** The value a form begins with: what was used last, or the given model of this machine. */
export function writerValue(options: WriterOptions, last: Partial<WriterValue> = {}): WriterValue {
  return { kind: 'engine', engineModel: 'starter', endpointId: options.endpoints[0]?.id ?? '', endpointModel: '', ...last }
}

function TryEndpoint({ endpointId, model }: { endpointId: string; model: string }) {
  const t = useTranslations('writer')
  const [state, act, pending] = useActionState(tryEndpoint, idle)
  const [asked, setAsked] = useState('')
  const what = `${endpointId} ${model}`
  const ask = () => {
    const form = new FormData()
    form.set('endpointId', endpointId)
    form.set('endpointModel', model)
    setAsked(what)
    startTransition(() => act(form))
  }
  const fresh = asked === what && !pending
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button small disabled={pending || model.trim() === ''} onClick={ask}>
        {pending ? t('trying') : t('try')}
      </Button>
      <span role="status" className={cx('whitespace-pre-line [overflow-wrap:anywhere]', state.status === 'failed' ? 'text-seal' : 'text-muted')}>
        {fresh && state.status === 'done' && state.message}
        {fresh && state.status === 'failed' && state.error}
      </span>
    </div>
  )
}
