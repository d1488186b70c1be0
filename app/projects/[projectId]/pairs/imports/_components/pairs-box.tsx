'use client'

import { FileUp } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { cx } from '@/app/_ui/cx'
import { Bar } from '@/app/_ui/progress-bar'
import { useToast } from '@/app/_ui/toast'

type Current = { name: string; share: number; request: XMLHttpRequest }

/** Takes files of pairs by a button or by dropping them and sends them one after another, with progress and a cancel. */
export function PairsBox({ projectId }: { projectId: string }) {
  const t = useTranslations('pairs')
  const ui = useTranslations('ui')
  const toast = useToast()
  const router = useRouter()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [current, setCurrent] = useState<Current | null>(null)
  const take = async (files: readonly File[]) => {
    if (current) return
    for (const file of files) {
      const request = new XMLHttpRequest()
      setCurrent({ name: file.name, share: 0, request })
      const refusal = await sent(request, projectId, file, (share) => setCurrent({ name: file.name, share, request })).catch(() => t('sendBroken', { name: file.name }))
      if (refusal === 'cancelled') break
      if (refusal) toast(refusal, { bad: true })
      router.refresh()
    }
    setCurrent(null)
    if (input.current) input.current.value = ''
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take([...event.dataTransfer.files])
  }
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx('mb-6 grid gap-3 rounded-base border border-dashed p-4', over ? 'border-azurite bg-wash' : 'border-edge')}
    >
      <input ref={input} type="file" hidden multiple accept=".json,.jsonl,.ndjson,.csv,.tsv,.txt,.gz,.zip" aria-label={t('importFile')} onChange={(event) => void take([...(event.target.files ?? [])])} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button kind="primary" disabled={current !== null} onClick={() => input.current?.click()}>
          <FileUp size={16} aria-hidden />
          {t('importFile')}
        </Button>
        <span className="text-muted">{t('importHint')}</span>
      </div>
      {current && (
        <div className="grid gap-1.5">
          <div className="flex items-center gap-x-4">
            <span className="min-w-0 font-semibold [overflow-wrap:anywhere]">{current.name}</span>
            <Button small className="ml-auto" onClick={() => current.request.abort()}>
              {ui('cancel')}
            </Button>
          </div>
          <Bar label={current.name} share={current.share} />
        </div>
      )}
    </div>
  )
}

/** Posts a file's bytes as they are; resolves with what the server says against it, null where it was taken. */
function sent(request: XMLHttpRequest, projectId: string, file: File, onShare: (share: number) => void): Promise<string | null> {
  return new Promise((resolve, reject) => {
    request.upload.addEventListener('progress', (event) => onShare(file.size === 0 ? 0 : event.loaded / file.size))
    request.addEventListener('load', () => (request.status < 300 ? resolve(null) : sentenceIn(request.responseText) ? resolve(sentenceIn(request.responseText)) : reject(new Error(String(request.status)))))
    request.addEventListener('error', () => reject(new Error('broken')))
    request.addEventListener('abort', () => resolve('cancelled'))
    request.open('POST', `/api/pairs/imports?${new URLSearchParams({ project: projectId, name: file.name })}`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.send(file)
  })
}

function sentenceIn(body: string): string | null {
  try {
    const answer: unknown = JSON.parse(body)
    return typeof answer === 'object' && answer !== null && 'error' in answer && typeof answer.error === 'string' ? answer.error : null
  } catch {
    return null
  }
}
