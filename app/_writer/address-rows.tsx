'use client'

import { Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useFieldError } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { TextInput } from '@/app/_ui/inputs'

/** Further addresses of an endpoint, one a row, to be added and taken off. */
export function AddressRows({ urls }: { urls: readonly string[] }) {
  const t = useTranslations('writer')
  const [rows, setRows] = useState(() => urls.map((url, key) => ({ key, url })))
  const next = useRef(urls.length)
  const add = useRef<HTMLButtonElement>(null)
  const error = useFieldError('otherUrls')
  return (
    <fieldset className="m-0 grid gap-2 border-0 p-0">
      <legend className="mb-1 p-0 font-semibold">{t('otherUrls')}</legend>
      {rows.map(({ key, url }, at) => (
        <div key={key} className="flex gap-2">
          <TextInput name="otherUrls" aria-label={t('addressOf', { number: at + 2 })} aria-invalid={error ? true : undefined} inputMode="url" placeholder="http://192.168.1.20:8000/v1" autoComplete="off" defaultValue={url} autoFocus={key >= urls.length} />
          <Button
            kind="quiet"
            aria-label={t('removeAddress', { number: at + 2 })}
            onClick={() => {
              setRows((all) => all.filter((row) => row.key !== key))
              add.current?.focus()
            }}
          >
            <X size={16} aria-hidden />
          </Button>
        </div>
      ))}
      <div>
        <Button ref={add} small onClick={() => setRows((all) => [...all, { key: next.current++, url: '' }])}>
          <Plus size={14} aria-hidden /> {t('addAddress')}
        </Button>
      </div>
      <p className="m-0 text-sm text-muted">{t('otherUrlsHint')}</p>
      {error && (
        <p role="alert" className="m-0 text-sm [overflow-wrap:anywhere] text-seal">
          {error}
        </p>
      )}
    </fieldset>
  )
}
