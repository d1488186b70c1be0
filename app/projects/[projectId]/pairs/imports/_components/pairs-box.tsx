'use client'

import { useTranslations } from 'use-intl/react'
import { FileBox } from '@/app/_ui/file-box'

/** Takes files of pairs. */
export function PairsBox({ projectId }: { projectId: string }) {
  const t = useTranslations('pairs')
  return (
    <FileBox
      accept=".json,.jsonl,.ndjson,.csv,.tsv,.txt,.gz,.zip"
      multiple
      button={t('importFile')}
      hint={t('importHint')}
      primary
      className="mb-6"
      address={(name) => `/api/pairs/imports?${new URLSearchParams({ project: projectId, name })}`}
    />
  )
}
