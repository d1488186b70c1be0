'use client'

import { useFormatter, useTranslations } from 'use-intl/react'
import { spreadFigure } from '@/app/_scores/figure-words'
import { ChartTable } from '@/app/_ui/chart-table'
import { Panel } from '@/app/_ui/panel'
import { useUrlState } from '@/app/_ui/use-url-state'
import { measureNames } from '@/lib/scoring/measure-kinds'
import { rankCorrelation } from '@/lib/scoring/rank-correlation'
import type { ScorePoint } from '@/lib/stages/submissions/score-points'

const [width, height] = [560, 300]
const [left, right, top, bottom] = [64, 24, 18, 40]
/** Fewer points than this make even a strong correlation a doubtful one. */
const few = 10
/** Chance in so few random orders is worth a word without a doubt. */
const rare = 0.05

/** What the challenge gave beside one of our own measures: a point a submission, and how far the two go together. */
export function ScorePlot({ points }: { points: readonly ScorePoint[] }) {
  const t = useTranslations('score-plot')
  const scores = useTranslations('scores')
  const { number } = useFormatter()
  const [chosen, choose] = useUrlState('against')
  const measure = measureNames.find((each) => each === chosen) ?? 'lengthScore'
  const shown = points.flatMap(({ means, ...point }) => {
    const value = means[measure]
    return value === undefined ? [] : [{ ...point, value }]
  })
  const found = rankCorrelation(shown.map(({ value, score }) => [value, score]))
  const say = (value: number) => spreadFigure(measure, value, (figure, options) => number(figure, options))
  const sayScore = (value: number) => number(value, { maximumFractionDigits: 4 })
  const [x, y] = [axis(shown.map(({ value }) => value), left, width - right), axis(shown.map(({ score }) => score), height - bottom, top)]
  const name = scores(`measure.${measure}`)
  const label = t('label', { measure: name, points: shown.length })
  return (
    <Panel
      title={t('title')}
      className="mt-8"
      aside={
        <label className="flex items-center gap-1.5 text-sm text-muted">
          {t('against')}
          <select value={measure} onChange={({ target }) => choose(target.value)} className="h-8 max-w-52 rounded-base border border-edge bg-raised px-1.5 text-ink">
            {measureNames.map((each) => <option key={each} value={each}>{scores(`measure.${each}`)}</option>)}
          </select>
        </label>
      }
    >
      <figure className="m-0">
        {shown.length > 0 && (
          <div role="region" aria-label={label} tabIndex={0} className="overflow-x-auto">
          <svg role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`} className="block w-full max-w-[720px] min-w-[480px]">
            <title>{label}</title>
            <line x1={left} x2={width - right} y1={height - bottom} y2={height - bottom} className="stroke-edge" />
            <line x1={left} x2={left} y1={top} y2={height - bottom} className="stroke-edge" />
            {x.ends.map((value, at) => <text key={at} x={x.at(value)} y={height - bottom + 16} textAnchor={at === 0 ? 'start' : 'end'} className="fill-muted text-[11px]">{say(value)}</text>)}
            {y.ends.map((value, at) => <text key={at} x={left - 6} y={y.at(value) + 4} textAnchor="end" className="fill-muted text-[11px]">{sayScore(value)}</text>)}
            <text x={(left + width - right) / 2} y={height - 6} textAnchor="middle" className="fill-ink text-[12px]">{name}</text>
            <text x={left} y={top - 6} className="fill-ink text-[12px]">{t('challenge')}</text>
            {shown.map(({ id, ordinal, value, score }) => (
              <g key={id}>
                <title>{t('point', { ordinal, value: say(value), score: sayScore(score) })}</title>
                <rect x={x.at(value) - 4.5} y={y.at(score) - 4.5} width="9" height="9" className="fill-seal" />
                <text x={x.at(value) > width - 70 ? x.at(value) - 8 : x.at(value) + 8} y={y.at(score) + 4} textAnchor={x.at(value) > width - 70 ? 'end' : 'start'} className="fill-ink text-[12px]">#{ordinal}</text>
              </g>
            ))}
          </svg>
          </div>
        )}
        <figcaption className="mt-1 text-sm">
          {shown.length < points.length && <span className="block text-muted">{t('unmeasured', { count: points.length - shown.length })}</span>}
          {found === null ? t('none', { points: shown.length }) : t('correlation', { rho: number(found.rho, { maximumFractionDigits: 2, signDisplay: 'exceptZero' }), points: found.points, chance: number(found.chance, { style: 'percent', maximumFractionDigits: 1 }) })}
          {found && (found.points < few || found.chance > rare) && <span className="text-gamboge-text"> {found.points < few ? t('few', { points: found.points }) : t('byChance')}</span>}
        </figcaption>
        <ChartTable summary={t('table')} head={[t('submission'), name, t('challenge')]} rows={shown.map(({ ordinal, value, score }) => [`#${ordinal}`, say(value), sayScore(score)])} />
      </figure>
    </Panel>
  )
}

/** A scale from the smallest value to the largest with a little room at both ends; of one value alone it lies in the middle. */
function axis(values: readonly number[], from: number, to: number): { at: (value: number) => number; ends: readonly number[] } {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = (to - from) * 0.06
  const at = (value: number) => (high === low ? (from + to) / 2 : from + room + ((value - low) / (high - low)) * (to - from - 2 * room))
  return { at, ends: high === low ? [low] : [low, high] }
}
