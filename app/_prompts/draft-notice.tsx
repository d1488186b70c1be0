'use client'

import { useTranslations } from 'use-intl/react'
import type { Draft } from '@/app/_prompts/use-draft'
import { Button } from '@/app/_ui/button'
import { RelativeTime } from '@/app/_ui/local-time'

/** That the words are a draft, and since when; that others lie beside them; and the ways back. */
export function DraftNotice<T>({ draft, saved }: { draft: Draft<T>; saved: string | null }) {
  const t = useTranslations('prompts')
  if (draft.changedAt === null && draft.replaced === null) return null
  return (
    <p role="status" className="m-0 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-base bg-wash px-3 py-2 text-sm">
      {draft.changedAt !== null && (
        <>
          <span>
            {t('draft')} <RelativeTime at={new Date(draft.changedAt).toISOString()} />
          </span>
          <Button small kind="quiet" onClick={draft.discard}>
            {saved === null ? t('discardDraft') : t('backTo', { saved })}
          </Button>
        </>
      )}
      {draft.replaced !== null && (
        <>
          <span>{t('draftAside')}</span>
          <Button small kind="quiet" onClick={draft.takeBack}>
            {t('takeDraftBack')}
          </Button>
        </>
      )}
    </p>
  )
}
