'use client'

import { useCallback, useState } from 'react'
import { useFormatter, useLocale, useTranslations } from 'use-intl/react'
import { PriceDialog } from '@/app/_writer/price-dialog'
import { useForecast } from '@/app/_writer/use-forecast'
import { Facts } from '@/app/_ui/facts'
import { money } from '@/app/_ui/money'
import { readJudgeForecast } from '@/app/projects/[projectId]/submissions/votes/[roundId]/judge/forecast'
import type { JudgeForecast as Reckoned } from '@/lib/stages/submissions/judge-forecast'

/** What the judge of the form around it would take, before anything is asked. `order` is all that it depends on. */
export function JudgeForecast({ order, endpoint, onPrice }: { order: unknown; endpoint: { id: string; model: string } | null; onPrice: (currency: string | null) => void }) {
  const t = useTranslations('judge')
  const { number } = useFormatter()
  const locale = useLocale()
  const [forecast, setForecast] = useState<Reckoned | null>(null)
  const onForecast = useCallback((next: Reckoned | null) => {
    setForecast(next)
    onPrice(next?.price?.currency ?? null)
  }, [onPrice])
  const { box, read, hasFailed } = useForecast(order, readJudgeForecast, onForecast)
  const some = (value: number) => number(value, { maximumSignificantDigits: 3 })
  return (
    <section ref={box} aria-label={t('forecast')} aria-live="polite" className="rounded-base border border-line bg-raised p-4">
      <h3 className="mt-0 mb-3 text-base font-semibold">{t('forecast')}</h3>
      {hasFailed ? <p className="m-0 text-gamboge-text">{t('forecastFailed')}</p> : !forecast ? <p className="m-0 text-muted">{t('waiting')}</p> : (
        <>
          <Facts
            facts={[
              { label: t('pairs'), value: number(forecast.pairs) },
              { label: t('calls'), value: number(forecast.calls), hint: forecast.reused > 0 ? t('reused', { count: forecast.reused }) : t('bothOrders') },
              { label: t('tokens'), value: some(forecast.promptTokens + forecast.completionTokens), hint: t(`from.${forecast.tokensFrom}`) },
              { label: t('cost'), value: forecast.cost === null || !forecast.price ? '–' : money(forecast.cost, forecast.price.currency, locale), hint: endpoint && !forecast.price ? t('noPrice') : undefined },
            ]}
          />
          {endpoint && endpoint.model.trim() !== '' && <PriceDialog endpointId={endpoint.id} model={endpoint.model} price={forecast.price} onDone={read} />}
        </>
      )}
    </section>
  )
}
