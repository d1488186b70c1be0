'use client'

import { useTranslations } from 'use-intl/react'
import type { PlayedColumn } from '@/app/projects/[projectId]/stories/playground/_components/use-play'

type Served = Pick<PlayedColumn, 'servedName' | 'servedSha256' | 'servedBaseSha256'>

/** What the server says that it ran, and the hash of the weights where this machine served them; marked where it is not what was asked for. */
export function ServedLabel({ asked, served }: { asked: string; served: Served }) {
  const t = useTranslations('playground')
  const { servedName, servedSha256, servedBaseSha256 } = served
  if (servedName === null || servedName === '') return <span className="block">{t('notHeard')}</span>
  const isOther = servedSha256 === null && servedName !== asked
  return (
    <span className="block [overflow-wrap:anywhere]">
      <span className={isOther ? 'text-gamboge-text' : undefined}>{isOther ? t('servedOther', { served: servedName, asked }) : t('servedAs', { served: servedName })}</span>
      {servedSha256 && <Hash label={t('weights')} value={servedSha256} />}
      {servedBaseSha256 && <Hash label={t('baseWeights')} value={servedBaseSha256} />}
    </span>
  )
}

function Hash({ label, value }: { label: string; value: string }) {
  return (
    <>
      {' · '}
      {label} <code className="text-xs" title={`SHA-256 ${value}`}>{value.slice(0, 12)}</code>
    </>
  )
}
