'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Checkbox } from '@/app/_ui/checkbox'
import { Dialog } from '@/app/_ui/dialog'
import { Field } from '@/app/_ui/field'
import { TextInput } from '@/app/_ui/inputs'
import { SubmitButton } from '@/app/_ui/submit-button'
import { keepHub } from '@/app/models/actions'

export type HubValues = { hub: string; name: string; baseUrl: string; isOwnAddress: boolean; hasToken: boolean; tokenLastFour: string | null }

/** Another address of a hub, and a token for it. A stored token is never shown again, only kept, replaced or forgotten. */
export function HubDialog({ value }: { value: HubValues }) {
  const t = useTranslations('models')
  const [open, setOpen] = useState(false)
  const { hub, name, hasToken } = value
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={t('hubEditOf', { hub: name })}
      description={t('hubWhat')}
      trigger={
        <Button small aria-label={`${t('hubEdit')} · ${t('hubEditOf', { hub: name })}`}>
          {t('hubEdit')}
        </Button>
      }
    >
      <ActionForm action={keepHub} values={{ hub }} onDone={() => setOpen(false)}>
        <Field name="baseUrl" label={t('hubAddress')} hint={t('hubAddressHint')}>
          <TextInput inputMode="url" autoComplete="off" spellCheck={false} placeholder={value.baseUrl} defaultValue={value.isOwnAddress ? '' : value.baseUrl} />
        </Field>
        <Field name="token" label={t('hubToken')} hint={hasToken ? t('tokenKept', { end: value.tokenLastFour ?? '****' }) : t('tokenHint')}>
          <TextInput type="password" autoComplete="off" />
        </Field>
        {hasToken && <Checkbox name="forgetToken" label={t('forgetToken')} />}
        <div className="flex justify-end">
          <SubmitButton kind="primary">{t('save')}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  )
}
