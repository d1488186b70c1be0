'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { DropBox } from '@/app/_ui/drop-box'
import { Bar } from '@/app/_ui/progress-bar'
import { parsed, sentenceIn } from '@/app/_ui/send-request'
import { useToast } from '@/app/_ui/toast'

type Current = { name: string; share: number; request: XMLHttpRequest }

/** Takes files of pairs by a button or by dropping them and sends them one after another, with progress and a cancel. */
export function PairsBox({ projectId }: { projectId: string }) {
  const t = useTranslations('pairs')
  const ui = useTranslations('ui')
  const toast = useToast()
  const router = useRouter()
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
  }
  return (
    <DropBox accept=".json,.jsonl,.ndjson,.csv,.tsv,.txt,.gz,.zip" multiple button={t('importFile')} hint={t('importHint')} buttonKind="primary" disabled={current !== null} className="mb-6" onFiles={(files) => void take(files)}>
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
    </DropBox>
  )
}

/** Posts a file's bytes as they are; resolves with what the server says against it, null where it was taken. */
function sent(request: XMLHttpRequest, projectId: string, file: File, onShare: (share: number) => void): Promise<string | null> {
  return new Promise((resolve, reject) => {
    request.upload.addEventListener('progress', (event) => onShare(file.size === 0 ? 0 : event.loaded / file.size))
    request.addEventListener('load', () => {
      const sentence = sentenceIn(parsed(request.responseText))
      if (request.status < 300) resolve(null)
      else if (sentence) resolve(sentence)
      else reject(new Error(String(request.status)))
    })
    request.addEventListener('error', () => reject(new Error('broken')))
    request.addEventListener('abort', () => resolve('cancelled'))
    request.open('POST', `/api/pairs/imports?${new URLSearchParams({ project: projectId, name: file.name })}`)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.send(file)
  })
}
