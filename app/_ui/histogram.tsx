import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { HistogramFigure, type HistogramProps } from '@/app/_ui/histogram-figure'

/** The histogram of a page that is drawn by the server. */
export async function Histogram(props: HistogramProps) {
  const [t, { number }] = await Promise.all([getTranslator('ui'), getFormatter()])
  return <HistogramFigure {...props} words={{ asTable: t('asTable'), count: t('count'), number: (value) => number(value) }} />
}
