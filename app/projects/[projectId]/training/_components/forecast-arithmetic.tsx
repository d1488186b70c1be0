import { useFormatter, useLocale, useTranslations } from 'use-intl/react'
import { byteSize } from '@/app/_ui/byte-size'
import type { SpaceForecast } from '@/lib/forecast/checkpoints'
import type { MemoryForecast } from '@/lib/forecast/memory'
import type { ForecastOrder } from '@/lib/forecast/order'
import type { TimeForecast } from '@/lib/forecast/time'

type Props = { order: ForecastOrder; memory: MemoryForecast; time: TimeForecast | null; space: SpaceForecast; limit: number }

/** How each figure of the forecast comes about, and from where its formula and its numbers are. */
export function ForecastArithmetic({ order, memory, time, space, limit }: Props) {
  const t = useTranslations('training.forecast')
  const format = useFormatter()
  const locale = useLocale()
  const size = (bytes: number) => byteSize(bytes, locale)
  const { model, device, lengths } = order
  const { precision, adapterParameters, rows, rowTokens, bytesPerToken, recomputes } = memory.reckoned
  const count = (value: number) => format.number(value, { notation: 'compact', maximumSignificantDigits: 3 })
  const lines: { name: string; how: string; is: string }[] = [
    { name: t('parts.process'), how: t(device.kind === 'cpu' ? 'how.process' : 'how.processGpu'), is: size(memory.parts.process) },
    { name: t('parts.weights'), how: t('how.weights', { family: model.family, layers: model.layers, hidden: model.hidden, vocabulary: model.vocabulary, precision }), is: size(memory.parts.weights) },
    { name: t('parts.adapter'), how: t('how.adapter', { parameters: count(adapterParameters) }), is: size(memory.parts.adapter) },
    { name: t('parts.optimiser'), how: t('how.optimiser', { parameters: count(adapterParameters) }), is: size(memory.parts.optimiser) },
    { name: t('parts.activations'), how: t(recomputes ? 'how.recomputed' : 'how.activations', { rows, tokens: rowTokens, bytes: size(bytesPerToken), longest: lengths.longest }), is: size(memory.parts.activations) },
    { name: t('parts.logits'), how: t('how.logits'), is: size(memory.parts.logits) },
    { name: t('limit'), how: t('how.limit', { free: size(Math.min(device.bytes, device.freeBytes)) }), is: size(limit) },
    ...(time
      ? [
          { name: t('step'), how: t('how.step', { work: count(time.reckoned.workPerStep), rate: count(time.reckoned.speed.perSecond), padding: time.reckoned.padding }), is: `${format.number(time.secondsPerStep, { maximumSignificantDigits: 2 })} s` },
          { name: t('rate'), how: t(`how.rate.${time.reckoned.speed.source}`, { run: time.reckoned.speed.run?.ordinal ?? 0, model: time.reckoned.speed.run?.model ?? '' }), is: `${count(time.reckoned.speed.perSecond)} FLOP/s` },
          { name: t('time'), how: t('how.time', { steps: time.steps, evaluations: time.reckoned.evaluationCount, start: format.number(time.start, { maximumFractionDigits: 0 }) }), is: `${format.number(time.total, { maximumFractionDigits: 0 })} s` },
        ]
      : []),
    { name: t('space'), how: t('how.space', { count: space.count }), is: size(space.total) },
  ]
  return (
    <details className="text-sm">
      <summary className="w-fit text-muted hover:text-ink">{t('arithmetic')}</summary>
      <p className="mt-2 mb-1 text-muted">{t(lengths.counted ? 'counted' : 'sampled', { count: lengths.sample.length, pairs: lengths.trainingPairs + lengths.validationPairs, longest: lengths.longest })}</p>
      <dl className="m-0 grid gap-y-2">
        {lines.map(({ name, how, is }) => (
          <div key={name} className="grid gap-x-4 sm:grid-cols-[140px_minmax(0,1fr)_auto]">
            <dt className="font-semibold">{name}</dt>
            <dd className="m-0 text-muted">{how}</dd>
            <dd className="m-0 text-right tabular-nums">{is}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 mb-0 text-muted">{t(device.kind === 'cpu' ? 'source' : 'sourceGpu')}</p>
    </details>
  )
}
