'use client'

import { useFormatter, useLocale, useTranslations } from 'use-intl/react'
import { LinkButton } from '@/app/_ui/button'
import { money } from '@/app/_ui/money'
import { SubmitButton } from '@/app/_ui/submit-button'
import { clock } from '@/lib/clock'
import type { Forecast } from '@/lib/llm/forecast'

/** What the order comes to and its buttons, in sight wherever in the long form one is. `passages` is null until it is known. */
export function OrderBar({ projectId, passages, whole, forecast }: { projectId: string; passages: number | null; whole: number; forecast: Forecast | null }) {
  const t = useTranslations('premises')
  const run = useTranslations('premise-run')
  const { number } = useFormatter()
  const locale = useLocale()
  const price = forecast?.basis.price ?? null
  const figures = forecast
    ? [
        `${run('forecast.calls')} ${number(forecast.questions + forecast.grades)}`,
        `${run('tokens')} ${number(forecast.promptTokens + forecast.completionTokens, { maximumSignificantDigits: 3 })}`,
        ...(forecast.cost !== null && price ? [`${run('cost')} ${money(forecast.cost, price.currency, locale)}`] : []),
        ...(forecast.milliseconds === null ? [] : [`${run('forecast.time')} ${clock(forecast.milliseconds)}`]),
      ]
    : []
  return (
    <div role="group" aria-label={t('order')} className="sticky bottom-[57px] z-10 -mx-4 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-paper px-4 py-2.5 md:bottom-0 md:-mx-8 md:px-8 md:py-3">
      <p className="m-0 min-w-0 flex-1 basis-60 text-sm text-muted">{figures.length > 0 ? figures.join(' · ') : t('forecastComes')}</p>
      <div className="flex flex-wrap items-center gap-2 md:gap-3">
        <LinkButton href={`/projects/${projectId}/premises/try`}>{t('try')}</LinkButton>
        <SubmitButton name="intent" value="save">
          {t('save')}
        </SubmitButton>
        <SubmitButton kind="primary" name="intent" value="start" disabled={passages === 0}>
          {t('start', { count: passages ?? whole })}
        </SubmitButton>
      </div>
    </div>
  )
}
