import type { ReactNode } from 'react'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { spreadFigure } from '@/app/_scores/figure-words'
import { Spread } from '@/app/_scores/spread'
import { Table } from '@/app/_ui/table'
import { axisOver, type Distribution, quantile, worstOf } from '@/lib/scoring/distribution'
import { type Measure, measureKinds, measureNames } from '@/lib/scoring/measure-kinds'
import { winners } from '@/lib/scoring/winners'

export type MeasuredColumn = { key: string; name: ReactNode; distributions: Partial<Record<Measure, Distribution>> }

/** Each measure's median, middle half, worst and spread: of one run, or of several beside each other on one axis with the better one marked. */
export async function MeasureTable({ columns }: { columns: readonly MeasuredColumn[] }) {
  const [t, { number }] = await Promise.all([getTranslator('scores'), getFormatter()])
  const alone = columns.length === 1
  const rows = measureNames.filter((measure) => columns.some(({ distributions }) => distributions[measure]))
  const say = (measure: Measure, value: number) => spreadFigure(measure, value, number)
  const middle = (measure: Measure, of: Distribution) => (measureKinds[measure].unit === 'yes' ? of.mean : quantile(of, 0.5))
  const half = (measure: Measure, of: Distribution) => t('range', { low: say(measure, quantile(of, 0.25)), high: say(measure, quantile(of, 0.75)) })
  const worst = (measure: Measure, of: Distribution) => {
    const value = worstOf(of, measureKinds[measure].better)
    return value === null ? t('range', { low: say(measure, quantile(of, 0)), high: say(measure, quantile(of, 1)) }) : say(measure, value)
  }
  const spread = (measure: Measure, of: Distribution) => {
    const axis = axisOver(columns.flatMap(({ distributions }) => distributions[measure] ?? []))
    const label = t('spreadOf', { measure: t(`measure.${measure}`), low: say(measure, quantile(of, 0.25)), high: say(measure, quantile(of, 0.75)), median: say(measure, quantile(of, 0.5)) })
    return axis && measureKinds[measure].unit !== 'yes' ? <Spread of={of} axis={axis} label={label} /> : null
  }
  const name = {
    key: 'name',
    head: t('name'),
    cell: (measure: Measure) => (
      <span className="grid">
        <span className="whitespace-nowrap">{t(`measure.${measure}`)}</span>
        <span className="text-xs text-muted">
          {t(`about.${measure}`)} {t(`better.${measureKinds[measure].better}`)}
        </span>
      </span>
    ),
  }
  const whole = ({ distributions }: MeasuredColumn) => [
    { key: 'median', head: t('median'), number: true, cell: (measure: Measure) => written(distributions[measure], (of) => <b className="font-semibold">{say(measure, middle(measure, of))}</b>) },
    { key: 'half', head: t('quartiles'), number: true, cell: (measure: Measure) => written(distributions[measure], (of) => (measureKinds[measure].unit === 'yes' ? '' : half(measure, of))) },
    { key: 'worst', head: t('worst'), number: true, cell: (measure: Measure) => written(distributions[measure], (of) => (measureKinds[measure].unit === 'yes' ? '' : worst(measure, of))) },
    { key: 'spread', head: t('spread'), className: 'min-w-32', cell: (measure: Measure) => written(distributions[measure], (of) => spread(measure, of)) },
  ]
  const beside = (column: MeasuredColumn, at: number) => ({
    key: column.key,
    head: column.name,
    className: 'min-w-40',
    cell: (measure: Measure) =>
      written(column.distributions[measure], (of) => {
        const best = winners(columns.map(({ distributions }) => { const own = distributions[measure]; return own ? middle(measure, own) : null }), measureKinds[measure].better)
        return (
          <span className="grid gap-0.5">
            <span className="flex flex-wrap items-baseline gap-x-2">
              <b className="font-semibold tabular-nums">{say(measure, middle(measure, of))}</b>
              {best.includes(at) && <span className="text-malachite-text">✓ {t('winner')}</span>}
            </span>
            {measureKinds[measure].unit !== 'yes' && <span className="text-xs text-muted">{t('quartiles')} {half(measure, of)} · {t('worst')} {worst(measure, of)}</span>}
            {spread(measure, of)}
          </span>
        )
      }),
  })
  return (
    <div>
      <Table label={t('measures')} rows={rows} rowKey={(measure) => measure} columns={[name, ...(alone ? columns.flatMap(whole) : columns.map(beside))]} />
      <p className="mt-2 mb-0 text-xs text-muted">{t('legend')}</p>
    </div>
  )
}

function written(of: Distribution | undefined, cell: (of: Distribution) => ReactNode): ReactNode {
  return of ? cell(of) : '–'
}
