'use client'

import { FileUp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type DragEvent, useRef, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl/react'
import { Button, type ButtonKind } from '@/app/_ui/button'
import { cx } from '@/app/_ui/cx'
import { byteSize } from '@/app/_ui/byte-size'
import { Bar } from '@/app/_ui/progress-bar'
import { SendFailure, sendFile, type Sending } from '@/app/_ui/send-file'
import { clock } from '@/lib/clock'
import type { UploadKind } from '@/lib/generated/prisma/client'

type Current = { name: string; sending: Sending; stop: AbortController }

/**
 * Takes files by a button or by dropping them, and sends them one after another, with
 * progress, speed and a cancel. What was read of them shows on the page by itself.
 */
export function UploadBox(props: { projectId: string; kind: UploadKind; button: string; hint: string; buttonKind?: ButtonKind; multiple?: boolean }) {
  const t = useTranslations('ui')
  const locale = useLocale()
  const router = useRouter()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [current, setCurrent] = useState<Current | null>(null)
  const [failures, setFailures] = useState<string[]>([])

  const take = async (files: File[]) => {
    if (current || files.length === 0) return
    setFailures([])
    const stop = new AbortController()
    for (const file of files) {
      const show = (sending: Sending) => setCurrent({ name: file.name, sending, stop })
      show({ sent: 0, total: file.size, speed: 0 })
      try {
        await sendFile(file, props, { signal: stop.signal, onProgress: show, broken: t('upload.broken', { name: file.name }) })
        router.refresh()
      } catch (error) {
        if (stop.signal.aborted) break
        const sentence = error instanceof SendFailure ? error.message : t('upload.broken', { name: file.name })
        setFailures((all) => [...all, sentence])
      }
    }
    setCurrent(null)
    if (input.current) input.current.value = ''
  }

  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take([...event.dataTransfer.files])
  }

  const sending = current?.sending
  const left = sending && sending.speed > 0 ? ((sending.total - sending.sent) / sending.speed) * 1000 : null
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx('grid gap-3 rounded-base border border-dashed p-4', over ? 'border-azurite bg-wash' : 'border-edge')}
    >
      <input
        ref={input}
        type="file"
        hidden
        multiple={props.multiple}
        accept=".json,.jsonl,.ndjson,application/json"
        aria-label={props.button}
        onChange={(event) => void take([...(event.target.files ?? [])])}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button kind={props.buttonKind ?? 'plain'} disabled={current !== null} onClick={() => input.current?.click()}>
          <FileUp size={16} aria-hidden />
          {props.button}
        </Button>
        <span className="text-muted">{props.hint}</span>
      </div>
      {current && sending && (
        <div className="grid gap-1.5">
          <div className="flex flex-wrap items-center gap-x-4">
            <span className="font-semibold [overflow-wrap:anywhere]">{current.name}</span>
            <span>
              {byteSize(sending.sent, locale)} / {byteSize(sending.total, locale)}
            </span>
            <span className="text-muted">{t('upload.speed', { speed: byteSize(sending.speed, locale) })}</span>
            <span className="text-muted">{t('left', { time: clock(left) })}</span>
            <Button small className="ml-auto" onClick={() => current.stop.abort()}>
              {t('cancel')}
            </Button>
          </div>
          <Bar label={t('upload.sending', { name: current.name })} share={sending.total > 0 ? sending.sent / sending.total : 0} />
        </div>
      )}
      {failures.length > 0 && (
        <ul role="alert" className="m-0 list-none p-0 text-seal">
          {failures.map((failure) => (
            <li key={failure}>{failure}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
