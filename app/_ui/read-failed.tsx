'use client'

import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { ErrorState } from '@/app/_ui/error-state'
import type { Followed } from '@/app/_ui/use-follow'

/** What stands where a followed read failed again and again, with another try; nothing else. */
export function ReadFailed({ read }: { read: Followed }) {
  const t = useTranslations('ui')
  if (!read.isFailed) return null
  return <ErrorState action={<Button onClick={read.again}>{t('tryAgain')}</Button>}>{t('readFailed')}</ErrorState>
}
