'use client'

import { PackageOpen } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { ActionForm } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'
import { Dialog } from '@/app/_ui/dialog'
import { DropBox } from '@/app/_ui/drop-box'
import { Field } from '@/app/_ui/field'
import { Select, TextInput } from '@/app/_ui/inputs'
import { Bar } from '@/app/_ui/progress-bar'
import { LostConnection, sendRequest } from '@/app/_ui/send-request'
import { SubmitButton } from '@/app/_ui/submit-button'
import { useToast } from '@/app/_ui/toast'
import { importAdapterFolder } from '@/app/models/actions'

type Sending = { name: string; share: number; stop: AbortController }

/** The button and dialog that take an adapter made elsewhere: a folder of the machine, or an archive that is sent. */
export function ImportAdapter({ bases }: { bases: readonly { value: string; label: string }[] }) {
  const t = useTranslations('models')
  const ui = useTranslations('ui')
  const toast = useToast()
  const router = useRouter()
  const form = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState(false)
  const [sending, setSending] = useState<Sending | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)

  const valueOf = (name: string) => form.current?.querySelector<HTMLInputElement | HTMLSelectElement>(`[name=${name}]`)?.value ?? ''
  const send = async (file: File | undefined) => {
    if (!file || sending) return
    const stop = new AbortController()
    const query = new URLSearchParams({ file: file.name, name: valueOf('name'), baseModel: valueOf('baseModel') })
    setRefusal(null)
    setSending({ name: file.name, share: 0, stop })
    try {
      await sendRequest('POST', `/api/adapters/imports?${query}`, file, stop.signal, (bytes) => setSending({ name: file.name, share: file.size === 0 ? 0 : bytes / file.size, stop }))
      toast(t('said.importAsked'))
      setOpen(false)
      router.refresh()
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return
      setRefusal(error instanceof LostConnection || !(error instanceof Error) ? t('import.sendBroken', { name: file.name }) : error.message)
    } finally {
      setSending(null)
    }
  }

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => (sending && !next ? undefined : setOpen(next))}
      title={t('import.title')}
      description={t('import.what')}
      trigger={
        <Button disabled={bases.length === 0}>
          <PackageOpen size={16} aria-hidden />
          {t('import.button')}
        </Button>
      }
    >
      <ActionForm action={importAdapterFolder} onDone={() => setOpen(false)}>
        <div ref={form} className="grid gap-4">
          <Field name="baseModel" label={t('import.base')} hint={t('import.baseHint')}>
            <Select>
              {bases.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          </Field>
          <Field name="name" label={t('import.name')} hint={t('import.nameHint')}>
            <TextInput autoComplete="off" maxLength={80} />
          </Field>
        </div>
        <Field name="folder" label={t('import.folder')} hint={t('import.folderHint')}>
          <TextInput autoComplete="off" spellCheck={false} />
        </Field>
        <div className="flex justify-end">
          <SubmitButton kind="primary" disabled={sending !== null}>
            {t('import.start')}
          </SubmitButton>
        </div>
      </ActionForm>
      <div>
        <p className="mt-0 mb-2 font-semibold">{t('import.archive')}</p>
        <DropBox accept=".zip,.tar,application/zip,application/x-tar" button={t('import.choose')} hint={t('import.archiveHint')} disabled={sending !== null} onFiles={(files) => void send(files[0])}>
          {sending && (
            <div className="grid gap-1.5">
              <div className="flex items-center gap-x-4">
                <span className="min-w-0 [overflow-wrap:anywhere]">{t('import.sending', { name: sending.name })}</span>
                <Button small className="ml-auto" onClick={() => sending.stop.abort()}>
                  {ui('cancel')}
                </Button>
              </div>
              <Bar label={sending.name} share={sending.share} />
            </div>
          )}
          {refusal && (
            <p role="alert" className="m-0 [overflow-wrap:anywhere] text-seal">
              {refusal}
            </p>
          )}
        </DropBox>
      </div>
    </Dialog>
  )
}
