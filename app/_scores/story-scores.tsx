'use client'

import { useFormatter, useTranslations } from 'use-intl/react'
import { figureOf } from '@/app/_scores/figure-words'
import { measureNames } from '@/lib/scoring/measure-kinds'
import type { StoryMeasures } from '@/lib/scoring/measures'

/** A story's figures, and the words that show three of them. */
export function StoryScores({ measures }: { measures: StoryMeasures }) {
  const t = useTranslations('scores')
  const { number } = useFormatter()
  const words = { number: (value: number, options?: object) => number(value, options), yes: t('yes'), no: t('no') }
  const { repeatedClause, missingWords, copiedFrom } = measures
  const said = [
    ...(repeatedClause === null ? [] : [{ name: t('repeatedClause'), text: repeatedClause }]),
    ...(missingWords.length === 0 ? [] : [{ name: t('missingWords'), text: missingWords.join('、') }]),
    ...(copiedFrom === null ? [] : [{ name: t('copiedFrom', { passage: copiedFrom.passage + 1 }), text: copiedFrom.text }]),
  ]
  return (
    <div role="group" aria-label={t('title')} className="border-t border-line pt-3">
      <dl className="m-0 grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-x-6 gap-y-1.5 text-sm">
        {measureNames.map((measure) => (
          <div key={measure} title={t(`about.${measure}`)}>
            <dt className="text-xs text-muted">{t(`measure.${measure}`)}</dt>
            <dd className="m-0 font-semibold tabular-nums">{figureOf(measure, measures.figures[measure], words)}</dd>
          </div>
        ))}
      </dl>
      {said.map(({ name, text }) => (
        <p key={name} className="mt-2 mb-0 text-sm">
          <span className="text-muted">{name}</span> <span lang="zh-CN" className="font-serif [overflow-wrap:anywhere]">{text}</span>
        </p>
      ))}
    </div>
  )
}
