'use client'

import { useFormatter, useLocale, useTranslations } from 'use-intl/react'
import type { FormValues } from '@/app/_settings/setting-values'
import { byteSize } from '@/app/_ui/byte-size'
import { Button } from '@/app/_ui/button'
import { ForecastArithmetic } from '@/app/projects/[projectId]/training/_components/forecast-arithmetic'
import { forecastSettings } from '@/app/projects/[projectId]/training/_components/form-settings'
import { MemoryBar } from '@/app/projects/[projectId]/training/_components/memory-bar'
import type { SettingName } from '@/app/projects/[projectId]/training/_components/setting-groups'
import { type Advice, adviceFor, type Change } from '@/lib/forecast/advice'
import { forecastSpace } from '@/lib/forecast/checkpoints'
import { forecastMemory } from '@/lib/forecast/memory'
import type { ForecastFacts } from '@/lib/stages/training/forecast-facts'
import { limitOf, resolved } from '@/lib/forecast/resolved'
import { forecastTime } from '@/lib/forecast/time'

type Props = { values: FormValues; facts: ForecastFacts | null; onAdvice: (changes: readonly Change[]) => void }

/** What this run will take of memory, time and disk on the device that is there, as the form stands now. */
export function ForecastPanel({ values, facts, onAdvice }: Props) {
  const t = useTranslations('training.forecast')
  const format = useFormatter()
  const locale = useLocale()
  const size = (bytes: number) => byteSize(bytes, locale)
  const settings = forecastSettings(values)
  const missing = !facts ? 'reading' : !facts.device ? 'noDevice' : !facts.model ? 'noModel' : !facts.lengths ? 'noLengths' : !settings || settings.targets.length === 0 ? 'noSettings' : null

  if (missing !== null || !facts?.device || !facts.model || !facts.lengths || !settings) {
    return (
      <section aria-label={t('title')} className="rounded-base border border-line bg-wash px-4 py-3">
        <h3 className="m-0 text-base font-semibold">{t('title')}</h3>
        <p className="mt-1 mb-0 text-sm text-muted">{t(missing ?? 'reading')}</p>
      </section>
    )
  }

  const { device, model, lengths, speed, freeDisk, weightBytes } = facts
  const asked = { model, settings, device, lengths }
  const order = { ...asked, settings: resolved(asked) }
  const memory = forecastMemory(order)
  const limit = limitOf(device)
  const fits = memory.total <= limit
  const advice = fits ? null : adviceFor(asked)
  const time = speed && forecastTime(order, speed, weightBytes)
  const space = forecastSpace(order)
  const isTooLarge = freeDisk !== null && space.total > freeDisk
  const decidedHere = settings.fitBatch || settings.gradientCheckpointing === 'auto'

  return (
    <section aria-label={t('title')} className="grid gap-3 rounded-base border border-line bg-wash px-4 py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="m-0 text-base font-semibold">{t('title')}</h3>
        <p className="m-0 text-sm text-muted">{t('device', { label: device.label, kind: device.kind, size: size(device.bytes) })}</p>
      </div>
      <p className="m-0" role="status">
        <strong className={fits ? undefined : 'text-seal'}>{fits ? t('fits', { total: size(memory.total), limit: size(limit) }) : t('tooMuch', { total: size(memory.total), limit: size(limit) })}</strong>{' '}
        {device.freeBytes < device.bytes * 0.7 && <span className="text-sm text-muted">{t('taken', { free: size(device.freeBytes) })}</span>}
      </p>
      <MemoryBar parts={memory.parts} limit={Math.max(limit, memory.total)} />
      {memory.reckoned.processes > 1 && <p className="m-0 text-sm text-muted">{t('processes', { count: memory.reckoned.processes })}</p>}
      {!fits && <Remedy advice={advice} onAdvice={onAdvice} />}
      {decidedHere && fits && (
        <p className="m-0 text-sm text-muted">
          {t('decided', { batch: order.settings.batchSize, accumulation: order.settings.accumulation, recomputes: order.settings.gradientCheckpointing })}
        </p>
      )}
      <dl className="m-0 grid gap-x-8 gap-y-1 text-sm sm:grid-cols-2">
        <div>
          <dt className="inline text-muted">{t('time')} </dt>
          <dd className="m-0 inline">{time ? t('timeIs', { total: lasting(time.total, format), steps: time.steps, step: format.number(time.secondsPerStep, { maximumSignificantDigits: 2 }) }) : t('timeUnknown')}{time && time.samplesAtMost > 0 && <span className="text-muted"> {t('samplesBesides', { most: lasting(time.samplesAtMost, format) })}</span>}</dd>
        </div>
        <div>
          <dt className="inline text-muted">{t('space')} </dt>
          <dd className="m-0 inline">
            {t('spaceIs', { each: size(space.checkpoint), count: space.count, total: size(space.total) })}
            {freeDisk !== null && <span className={isTooLarge ? 'text-seal' : 'text-muted'}> {t(isTooLarge ? 'spaceTooSmall' : 'spaceFree', { free: size(freeDisk) })}</span>}
          </dd>
        </div>
      </dl>
      <ForecastArithmetic order={order} memory={memory} time={time} space={space} limit={limit} />
    </section>
  )
}

function Remedy({ advice, onAdvice }: { advice: Advice | null; onAdvice: Props['onAdvice'] }) {
  const t = useTranslations('training.forecast')
  const words = useTranslations('training')
  const format = useFormatter()
  const locale = useLocale()
  if (!advice) return <p className="m-0 text-sm text-seal">{t('noRemedy')}</p>
  const said = (change: Change) => {
    const name: SettingName = change.name
    switch (change.name) {
      case 'gradientCheckpointing':
        return t('change', { name: words(`setting.${name}`), value: words(`checkpointings.${change.value}`) })
      case 'precision':
        return t('change', { name: words(`setting.${name}`), value: words(`precisions.${change.value}`) })
      case 'method':
        return t('change', { name: words(`setting.${name}`), value: words(`methods.${change.value}`) })
      case 'fitBatch':
        return words(`setting.${name}`)
      default:
        return t('change', { name: words(`setting.${name}`), value: format.number(change.value) })
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="m-0 text-sm">{t('remedy', { changes: format.list(advice.changes.map(said)), total: byteSize(advice.total, locale) })}</p>
      <Button small onClick={() => onAdvice(advice.changes)}>
        {t('takeRemedy')}
      </Button>
    </div>
  )
}

/** Seconds as a person would say them. */
function lasting(seconds: number, format: ReturnType<typeof useFormatter>): string {
  const unit = (value: number, name: 'second' | 'minute' | 'hour' | 'day', digits = 0) => format.number(value, { style: 'unit', unit: name, unitDisplay: 'long', maximumFractionDigits: digits })
  if (seconds < 90) return unit(Math.max(1, Math.round(seconds)), 'second')
  if (seconds < 5400) return unit(Math.round(seconds / 60), 'minute')
  if (seconds < 172_800) return unit(seconds / 3600, 'hour', 1)
  return unit(seconds / 86_400, 'day', 1)
}
