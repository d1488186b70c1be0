'use client'

import { useFormatter, useTranslations } from 'use-intl/react'
import { HistogramFigure, type HistogramProps } from '@/app/_ui/histogram-figure'

/** The histogram of figures that grow while one looks. */
export function LiveHistogram(props: HistogramProps) {
  const t = useTranslations('ui')
  const { number } = useFormatter()
  return <HistogramFigure {...props} words={{ asTable: t('asTable'), count: t('count'), number: (value) => number(value) }} />
}
