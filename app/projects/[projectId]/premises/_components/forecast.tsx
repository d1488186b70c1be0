'use client'

import { useFormatter, useLocale, useTranslations } from 'use-intl/react'
import { readForecast } from '@/app/projects/[projectId]/premises/forecast'
import { PriceDialog } from '@/app/_writer/price-dialog'
import { useForecast } from '@/app/_writer/use-forecast'
import { Field } from '@/app/_ui/field'
import { Facts } from '@/app/_ui/facts'
import { NumberInput } from '@/app/_ui/inputs'
import { money } from '@/app/_ui/money'
import { clock } from '@/lib/clock'
import type { Figure, Forecast as Reckoned } from '@/lib/llm/forecast'

type Props = { order: unknown; endpoint: { id: string; model: string } | null; forecast: Reckoned | null; onForecast: (forecast: Reckoned | null) => void }

/** What the run of the form around it would take, how that is reckoned, and what it may spend at most. `order` is all that it depends on. */
export function Forecast({ order, endpoint, forecast, onForecast }: Props) {
  const t = useTranslations('premise-run')
  const { number } = useFormatter()
  const locale = useLocale()
  const { box, read, hasFailed } = useForecast(order, readForecast, onForecast)

  const price = forecast?.basis.price ?? null
  const from = (figure: Figure) => t(`forecast.from.${figure.from}`, { count: figure.of })
  const some = (value: number) => number(value, { maximumSignificantDigits: 3 })
  return (
    <section ref={box} aria-label={t('forecast.title')} className="rounded-base border border-line bg-raised p-4">
      <h3 className="mt-0 mb-3 text-base font-semibold">{t('forecast.title')}</h3>
      {hasFailed ? (
        <p className="m-0 text-gamboge-text">{t('forecast.failed')}</p>
      ) : !forecast ? (
        <p className="m-0 text-muted">{t('forecast.waiting')}</p>
      ) : (
        <>
          <Facts
            facts={[
              { label: t('forecast.calls'), value: number(forecast.questions + forecast.grades) },
              { label: t('tokens'), value: some(forecast.promptTokens + forecast.completionTokens), hint: t('tokensHint', { prompt: forecast.promptTokens, completion: forecast.completionTokens }) },
              { label: t('cost'), value: forecast.cost === null || !price ? '–' : money(forecast.cost, price.currency, locale), hint: price || !endpoint ? undefined : t('forecast.noPrice') },
              { label: t('forecast.time'), value: forecast.milliseconds === null ? '–' : clock(forecast.milliseconds), hint: forecast.milliseconds === null ? t('forecast.noTime') : undefined },
            ]}
          />
          <details className="text-sm">
            <summary className="w-fit text-muted hover:text-ink">{t('forecast.how')}</summary>
            <ul className="mt-2 mb-0 list-none space-y-1 p-0">
              <li>{t('forecast.questions', { passages: forecast.basis.passages, reused: forecast.basis.passages - forecast.asked, each: forecast.basis.questionsEach.value, questions: forecast.questions, from: from(forecast.basis.questionsEach) })}</li>
              <li>{t('forecast.prompt', { questions: forecast.questions, characters: Math.round(forecast.basis.charactersEach), ratio: forecast.basis.tokensPerCharacter.value, from: from(forecast.basis.tokensPerCharacter) })}</li>
              {forecast.basis.scoring && <li>{t('forecast.grades', { grades: forecast.grades, characters: Math.round(forecast.basis.scoring.charactersEach) })}</li>}
              <li>{t('forecast.completion', { questions: forecast.questions, each: Math.round(forecast.basis.completionTokens.value), from: from(forecast.basis.completionTokens) })}</li>
              {price && forecast.cost !== null && (
                <li>{t('forecast.money', { prompt: forecast.promptTokens, input: money(price.input, price.currency, locale), completion: forecast.completionTokens, output: money(price.output, price.currency, locale), cost: money(forecast.cost, price.currency, locale) })}</li>
              )}
              {forecast.boundBy && forecast.basis.latencyMs && (
                <li>{forecast.boundBy === 'speed' ? t('forecast.speed', { calls: forecast.questions + forecast.grades, seconds: forecast.basis.latencyMs.value / 1000, concurrency: forecast.basis.concurrency }) : t(`forecast.bound.${forecast.boundBy}`)}</li>
              )}
              {forecast.basis.startMs && <li>{t('forecast.start', { seconds: forecast.basis.startMs.value / 1000 })}</li>}
              {forecast.boundBy && !forecast.basis.latencyMs && forecast.boundBy !== 'speed' && <li>{t(`forecast.bound.${forecast.boundBy}`)}</li>}
            </ul>
          </details>
          {endpoint && endpoint.model.trim() !== '' && (
            <div className="mt-4 flex flex-wrap items-end gap-4">
              {price && (
                <Field name="budget" label={t('budget')} className="w-48">
                  <NumberInput min={0} step="any" placeholder={t('noBudget')} unit={price.currency} />
                </Field>
              )}
              <PriceDialog endpointId={endpoint.id} model={endpoint.model.trim()} price={price} onDone={read} />
            </div>
          )}
        </>
      )}
    </section>
  )
}
