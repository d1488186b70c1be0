'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import * as z from 'zod/mini'
import { Facts } from '@/app/_ui/facts'
import { Bar } from '@/app/_ui/progress-bar'
import { readAnswer } from '@/app/_ui/read-answer'
import { useFollow } from '@/app/_ui/use-follow'

const figuresSchema = z.object({ device: z.string(), requestsRunning: z.number(), requestsWaiting: z.number(), cacheUse: z.number(), promptRate: z.number(), answerRate: z.number() })
const answerSchema = z.object({ engine: z.nullable(figuresSchema) })

export type EngineFigures = z.infer<typeof figuresSchema>

/** What an engine carries, as its own metrics say, a few seconds old at most. */
export function LiveLoad({ initial }: { initial: EngineFigures }) {
  const t = useTranslations('engine')
  const { number } = useFormatter()
  const [figures, setFigures] = useState(initial)
  useFollow('engine-load', initial.device, async () => {
    const { engine } = await readAnswer(`/api/engine/load?${new URLSearchParams({ device: initial.device })}`, answerSchema)
    if (engine) setFigures(engine)
  })
  const rate = (value: number) => number(value, { maximumFractionDigits: value < 10 ? 1 : 0 })
  const share = number(figures.cacheUse, { style: 'percent', maximumFractionDigits: 0 })
  return (
    <div>
      <Facts
        facts={[
          { label: t('running'), value: number(figures.requestsRunning) },
          { label: t('waiting'), value: number(figures.requestsWaiting) },
          { label: t('answerRate'), value: rate(figures.answerRate), hint: t('perSecond') },
          { label: t('promptRate'), value: rate(figures.promptRate), hint: t('perSecond') },
          { label: t('cacheUse'), value: share, hint: <Bar label={t('cacheUse')} share={figures.cacheUse} text={share} className="mt-1" /> },
        ]}
      />
    </div>
  )
}
