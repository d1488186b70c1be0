'use client'

import { useState, useTransition } from 'react'
import { useLocale, useTranslations } from 'use-intl/react'
import { errorLocale } from '@/app/_i18n/locale'
import { Button } from '@/app/_ui/button'
import { checkNow, type InvariantAnswer } from '@/app/jobs/check-invariants'

/** Runs the invariants on demand: on a large database they read every row, which a redraw must not. */
export function Invariants() {
  const t = useTranslations('jobs')
  const locale = errorLocale(useLocale())
  const [answer, setAnswer] = useState<InvariantAnswer | null>(null)
  const [checking, start] = useTransition()
  const check = () =>
    start(async () => {
      setAnswer(await checkNow())
    })
  return (
    <section aria-labelledby="invariants" className="mt-10 grid justify-items-start gap-3 border-t border-line pt-5">
      <h2 id="invariants" className="m-0 text-base font-semibold">
        {t('invariants')}
      </h2>
      <p className="m-0 max-w-[44em] text-muted">{t('invariantsWhat')}</p>
      <Button onClick={check} disabled={checking} aria-busy={checking}>
        {t('check')}
      </Button>
      <div aria-live="polite" className="grid gap-2">
        {answer?.ok === false && <p className="m-0 text-seal">{t('invariantsFailed', { reason: answer.error })}</p>}
        {answer?.ok && answer.report.broken.length === 0 && <p className="m-0 text-malachite-text">{t('invariantsGood', { count: answer.report.checked })}</p>}
        {answer?.ok && answer.report.broken.length > 0 && (
          <>
            <p className="m-0 text-seal">{t('invariantsBroken', { count: answer.report.broken.length })}</p>
            <ul className="m-0 list-disc pl-5">
              {answer.report.broken.map((each) => (
                <li key={each.name.en}>{t('brokenOne', { name: each.name[locale], count: each.rows })}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  )
}
