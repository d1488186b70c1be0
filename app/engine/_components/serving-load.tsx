'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import * as z from 'zod/mini'
import { Facts } from '@/app/_ui/facts'
import { RelativeTime } from '@/app/_ui/local-time'
import { readAnswer } from '@/app/_ui/read-answer'
import { useFollow } from '@/app/_ui/use-follow'

const figuresSchema = z.object({ id: z.string(), requests: z.number(), refused: z.number(), inFlight: z.number(), promptTokens: z.number(), completionTokens: z.number(), lastRequestAt: z.nullable(z.string()) })
const answerSchema = z.object({ servings: z.array(figuresSchema) })

export type ServingFigures = z.infer<typeof figuresSchema>

/** What other programs have asked of a served model so far. */
export function ServingLoad({ initial, device }: { initial: ServingFigures; device: string }) {
  const t = useTranslations('engine')
  const { number } = useFormatter()
  const [figures, setFigures] = useState(initial)
  useFollow('engine-load', device, async () => {
    const { servings } = await readAnswer(`/api/engine/load?${new URLSearchParams({ device })}`, answerSchema)
    const own = servings.find(({ id }) => id === initial.id)
    if (own) setFigures(own)
  })
  return (
    <Facts
      facts={[
        { label: t('inFlight'), value: number(figures.inFlight) },
        { label: t('requests'), value: number(figures.requests), hint: figures.refused > 0 ? t('refused', { count: figures.refused }) : undefined },
        { label: t('tokensRead'), value: number(figures.promptTokens) },
        { label: t('tokensWritten'), value: number(figures.completionTokens) },
        ...(figures.lastRequestAt ? [{ label: t('lastRequest'), value: <RelativeTime at={figures.lastRequestAt} /> }] : []),
      ]}
    />
  )
}
