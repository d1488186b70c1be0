'use client'

import { startTransition, useActionState, useId, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { idle } from '@/app/_guard/action-state'
import { tryEndpoint } from '@/app/_writer/actions'
import { useModels } from '@/app/_writer/use-models'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'

/** Asks an endpoint for one word of a model, and says how long it took or what exactly is wrong. */
export function TestEndpoint({ endpoint }: { endpoint: { id: string; name: string } }) {
  const t = useTranslations('settings')
  const writer = useTranslations('writer')
  const [open, setOpen] = useState(false)
  const [model, setModel] = useState('')
  const [state, act, pending] = useActionState(tryEndpoint, idle)
  const models = useModels(endpoint.id, open)
  const list = useId()
  const name = t('testOf', { name: endpoint.name })
  const ask = () => {
    const form = new FormData()
    form.set('endpointId', endpoint.id)
    form.set('endpointModel', model)
    startTransition(() => act(form))
  }
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={name}
      trigger={
        <Button small aria-label={name}>
          {t('test')}
        </Button>
      }
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          ask()
        }}
      >
        <Field name="endpointModel" label={t('testModel')} hint={models.length > 0 ? writer('listed', { count: models.length }) : t('testModelHint')}>
          <TextInput list={list} value={model} onChange={(event) => setModel(event.target.value)} autoComplete="off" spellCheck={false} />
        </Field>
        <datalist id={list}>
          {models.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </datalist>
        <p role="status" className={state.status === 'failed' ? 'm-0 whitespace-pre-line [overflow-wrap:anywhere] text-seal' : 'm-0 whitespace-pre-line [overflow-wrap:anywhere]'}>
          {pending ? writer('trying') : state.status === 'failed' ? state.error : state.status === 'done' ? state.message : ''}
        </p>
        <div className="flex justify-end">
          <Button type="submit" kind="primary" disabled={pending || model.trim() === ''}>
            {t('test')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
