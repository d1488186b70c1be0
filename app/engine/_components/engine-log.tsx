'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { LogView } from '@/app/_jobs/log-view'

/** An engine's log, read only once somebody opens it. */
export function EngineLog({ runId, device, running }: { runId: string; device: string; running: boolean }) {
  const t = useTranslations('engine')
  const [isOpen, setOpen] = useState(false)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit text-sm text-muted hover:text-ink">{t('log')}</summary>
      <div className="mt-2">{isOpen && <LogView key={runId} log={{ address: `/api/engine/${runId}/log`, topic: 'engine-load', id: device }} running={running} />}</div>
    </details>
  )
}
