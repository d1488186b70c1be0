'use client'

import { useRouter } from 'next/navigation'
import { startTransition, useEffect } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { ErrorState } from '@/app/_ui/error-state'

export type PageFailureProps = { error: Error & { digest?: string }; reset: () => void }

/** What stands where a page could not be drawn: the mark by which the log knows it, and another try. */
export function PageFailure({ error, reset }: PageFailureProps) {
  const t = useTranslations('ui')
  const router = useRouter()
  useEffect(() => console.error(error), [error])
  const tryAgain = () =>
    startTransition(() => {
      router.refresh()
      reset()
    })
  return (
    <ErrorState title={t('pageFailed')} action={<Button onClick={tryAgain}>{t('tryAgain')}</Button>}>
      {t('pageFailedWhat', { mark: error.digest ?? '–' })}
    </ErrorState>
  )
}
