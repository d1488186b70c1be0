'use client'

import { useTranslations } from 'use-intl/react'
import { AddressRows } from '@/app/_writer/address-rows'
import { Checkbox } from '@/app/_ui/checkbox'
import { Field } from '@/app/_ui/field'
import { NumberInput, Select, TextInput } from '@/app/_ui/inputs'

export type EndpointValues = { name: string; baseUrl: string; otherUrls: string[]; style: 'chat' | 'completions'; hasKey: boolean; keyLastFour: string | null; requestsPerMinute: number | null; tokensPerMinute: number | null }

/** The fields of an endpoint, new or known. A stored key is never shown again, only kept, replaced or forgotten. */
export function EndpointFields({ value }: { value?: EndpointValues }) {
  const t = useTranslations('writer')
  return (
    <>
      <Field name="name" label={t('name')}>
        <TextInput maxLength={60} autoComplete="off" defaultValue={value?.name} />
      </Field>
      <Field name="baseUrl" label={t('baseUrl')} hint={value?.hasKey ? t('baseUrlOfKey') : t('baseUrlHint')}>
        <TextInput inputMode="url" placeholder="http://localhost:8000/v1" autoComplete="off" defaultValue={value?.baseUrl} />
      </Field>
      <AddressRows urls={value?.otherUrls ?? []} />
      <Field name="style" label={t('style')} hint={t('styleHint')}>
        <Select defaultValue={value?.style ?? 'chat'}>
          <option value="chat">chat</option>
          <option value="completions">completions</option>
        </Select>
      </Field>
      <Field name="key" label={t('key')} hint={value?.hasKey ? t('keyKept', { end: value.keyLastFour ?? '' }) : t('keyHint')}>
        <TextInput type="password" autoComplete="off" />
      </Field>
      {value?.hasKey && <Checkbox name="forgetKey" label={t('forgetKey')} />}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field name="requestsPerMinute" label={t('requestsPerMinute')}>
          <NumberInput min={1} step={1} placeholder={t('found')} defaultValue={value?.requestsPerMinute ?? ''} />
        </Field>
        <Field name="tokensPerMinute" label={t('tokensPerMinute')}>
          <NumberInput min={1} step={1} placeholder={t('found')} defaultValue={value?.tokensPerMinute ?? ''} />
        </Field>
      </div>
      <p className="m-0 text-sm text-muted">{t('limitsHint')}</p>
    </>
  )
}
