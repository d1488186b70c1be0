'use client'

import { useEffect } from 'react'
import { useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { ErrorState } from '@/app/_ui/error-state'

/** Drawn in place of a page that could not be drawn. */
export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('ui')
  useEffect(() => console.error(error), [error])
  return (
    <div className="mx-auto max-w-[720px] p-6">
      <ErrorState title={t('pageFailed')} action={<Button onClick={reset}>{t('tryAgain')}</Button>}>
        {t('pageFailedWhat', { mark: error.digest ?? '–' })}
      </ErrorState>
    </div>
  )
}
