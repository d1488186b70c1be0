'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { enterPrice } from '@/app/_writer/actions'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { NumberInput, TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import type { Price } from '@/lib/llm/cost'

/** Enters or changes what a model behind an endpoint costs for a million tokens. */
export function PriceDialog({ endpointId, model, price, onDone }: { endpointId: string; model: string; price: Price | null; onDone?: () => void }) {
  const t = useTranslations('writer')
  const [open, setOpen] = useState(false)
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={t('priceOf', { model })}
      description={t('priceWhat')}
      trigger={
        <Button small aria-label={t('priceOf', { model })}>
          {price ? t('changePrice') : t('enterPrice')}
        </Button>
      }
    >
      <ActionForm
        action={enterPrice}
        values={{ endpointId, model }}
        onDone={() => {
          setOpen(false)
          onDone?.()
        }}
      >
        <Field name="input" label={t('inputPrice')}>
          <NumberInput min={0} step="any" defaultValue={price?.input} unit={t('perMillion')} />
        </Field>
        <Field name="output" label={t('outputPrice')}>
          <NumberInput min={0} step="any" defaultValue={price?.output} unit={t('perMillion')} />
        </Field>
        <Field name="currency" label={t('currency')} hint={t('currencyHint')}>
          <TextInput maxLength={8} defaultValue={price?.currency ?? 'CNY'} autoComplete="off" />
        </Field>
        <div className="flex justify-end">
          <SubmitButton kind="primary">{t('savePrice')}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}
