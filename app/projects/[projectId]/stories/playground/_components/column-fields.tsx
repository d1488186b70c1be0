'use client'

import { X } from 'lucide-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { Checkbox } from '@/app/_ui/checkbox'
import { Field } from '@/app/_ui/field'
import { Select, TextInput } from '@/app/_ui/inputs'
import { useModels } from '@/app/_writer/use-models'
import type { WriterOptions } from '@/app/_writer/writer-options'
import { type Ways, WayFields } from '@/app/projects/[projectId]/stories/playground/_components/way-fields'
import type { ColumnValue, Way } from '@/app/projects/[projectId]/stories/playground/_ways'
import type { PlayModel } from '@/lib/stages/playground/choices'
import { writerValue } from '@/lib/stages/playground/writer-value'

const kinds = ['adapter', 'merged', 'base'] as const

/** Who writes one column, and how it is asked where that is its own affair. */
export function ColumnFields(props: {
  at: number
  value: ColumnValue
  models: readonly PlayModel[]
  endpoints: WriterOptions['endpoints']
  ways: Ways
  shared: Way
  drawsSeed: boolean
  styleOf: (writer: string) => string
  onChange: (change: Partial<ColumnValue>) => void
  /** Null for the only column. */
  onRemove: (() => void) | null
}) {
  const t = useTranslations('playground')
  const list = useId()
  const { at, value } = props
  const endpoint = props.endpoints.find(({ id }) => value.writer === writerValue('endpoint', id))
  const offered = useModels(endpoint?.id ?? '', endpoint !== undefined)
  const own = value.own
  const name = t('column', { number: at + 1 })
  // Another server, or one that this machine serves, may want another kind of request.
  const choose = (writer: string) => props.onChange({ writer, model: '', own: own && { ...own, sampling: { ...own.sampling, style: props.styleOf(writer) } } })
  return (
    <fieldset className="m-0 grid h-full min-w-0 content-start gap-3 rounded-base border border-line bg-raised p-3">
      <legend className="sr-only">{name}</legend>
      <div className="flex items-center justify-between gap-2">
        <span aria-hidden className="text-sm text-muted">
          {name}
        </span>
        {props.onRemove && (
          <Button small kind="quiet" className="-my-1 -mr-1.5 px-1.5" aria-label={t('removeColumn', { number: at + 1 })} onClick={props.onRemove}>
            <X size={15} aria-hidden />
          </Button>
        )}
      </div>
      <Field name={endpoint ? `writer-${at}` : `model-${at}`} label={t('writer')}>
        <Select value={value.writer} onChange={(event) => choose(event.target.value)}>
          {kinds.map((kind) => {
            const models = props.models.filter((model) => model.kind === kind)
            if (models.length === 0) return null
            return (
              <optgroup key={kind} label={t(`kinds.${kind}`)}>
                {models.map((model) => (
                  <option key={model.value} value={model.value}>
                    {model.name}
                  </option>
                ))}
              </optgroup>
            )
          })}
          {props.endpoints.length > 0 && (
            <optgroup label={t('kinds.endpoint')}>
              {props.endpoints.map(({ id, name: endpointName }) => (
                <option key={id} value={writerValue('endpoint', id)}>
                  {endpointName}
                </option>
              ))}
            </optgroup>
          )}
        </Select>
      </Field>
      {endpoint && (
        <Field name={`model-${at}`} label={t('modelName')}>
          <TextInput list={list} value={value.model} autoComplete="off" onChange={(event) => props.onChange({ model: event.target.value })} />
          <datalist id={list}>
            {offered.map((model) => (
              <option key={model} value={model}>
                {model}
              </option>
            ))}
          </datalist>
        </Field>
      )}
      <Checkbox
        label={t('ownWay')}
        checked={own !== null}
        onChange={(event) => props.onChange({ own: event.target.checked ? { ...props.shared, sampling: { ...props.shared.sampling, style: props.styleOf(value.writer) } } : null })}
      />
      {own && <WayFields at={at} way={own} ways={props.ways} drawsSeed={props.drawsSeed} onChange={(next) => props.onChange({ own: next })} />}
    </fieldset>
  )
}
