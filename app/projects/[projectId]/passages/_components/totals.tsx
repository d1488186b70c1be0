'use client'

import { useMemo } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { PlaceLinks } from '@/app/projects/[projectId]/passages/_components/place-links'
import { Updating, useRedraw } from '@/app/projects/[projectId]/passages/_components/redrawing'
import { type NovelTotals, type Totals as Sums, useTotals } from '@/app/projects/[projectId]/passages/_components/use-totals'
import { binsOfTally, type Tally } from '@/app/_ui/bins'
import { Button } from '@/app/_ui/button'
import { Facts } from '@/app/_ui/facts'
import { LiveHistogram } from '@/app/_ui/live-histogram'
import { SkeletonBar } from '@/app/_ui/skeleton-bar'

type Props = {
  /** What the totals are asked for by: project, settings, model, the novel in view. */
  query: string
  limit: number | null
  endings: number
  hasModel: boolean
}

/** Shortest and longest passages that are named. */
const extremes = 3

/** What the settings give of the whole library, novel by novel as they are tried. */
export function Totals({ query, limit, endings, hasModel }: Props) {
  const t = useTranslations('passages')
  const { drawing } = useRedraw()
  const { totals, isOld, again } = useTotals(query)
  const sum = useMemo(() => summed(totals.done), [totals.done])
  return (
    <section aria-labelledby="totals" className="mt-10">
      <div className="mb-3 flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h2 id="totals" className="m-0 text-lg font-semibold">{t('totals')}</h2>
        <p role="status" className="m-0 text-sm text-muted">{drawing || isOld ? t('totalsStarting') : progress(t, totals, sum, hasModel)}</p>
        {totals.refusal && (
          <>
            <span role="alert" className="text-sm text-seal">{totals.refusal.kind === 'said' ? t('totalsFailed', { reason: totals.refusal.words }) : t('totalsBroken')}</span>
            <Button small onClick={again}>{t('again')}</Button>
          </>
        )}
      </div>
      {totals.done.length === 0 ? (
        isOld && <FiguresSkeleton />
      ) : (
        <Updating isOld={drawing || isOld}>
          <Figures sum={sum} limit={limit} endings={endings} hasModel={hasModel} />
        </Updating>
      )}
    </section>
  )
}

type FiguresProps = { sum: ReturnType<typeof summed> } & Omit<Props, 'query'>

function Figures({ sum, limit, endings, hasModel }: FiguresProps) {
  const t = useTranslations('passages')
  const { number } = useFormatter()
  const count = limit === null ? sum.passages : Math.min(limit, sum.passages)
  const isDrawn = limit !== null && limit < sum.passages
  const places = (found: readonly Found[]) => <PlaceLinks places={found.map((each) => ({ href: placeHref(each), text: number(each.characters) }))} />
  return (
    <>
      <Facts
        facts={[
          { label: t('cuts'), value: number(count), hint: isDrawn ? t('drawnOf', { count: sum.passages }) : undefined },
          { label: t('characters'), value: number(sum.characters) },
          { label: t('shortest'), value: places(sum.shortest.slice(0, 1)), hint: places(sum.shortest.slice(1)) },
          { label: t('longest'), value: places(sum.longest.slice(0, 1)), hint: places(sum.longest.slice(1)) },
          { label: t('midScene'), value: number(sum.midScene / Math.max(1, sum.passages), { style: 'percent', maximumFractionDigits: 0 }), hint: t('midSceneHint') },
          { label: t('ofEndings'), value: number(sum.endings), hint: isDrawn && Math.ceil(limit * endings) > sum.endings ? t('drawnShort', { count: sum.endings }) : undefined },
          ...(sum.counted > 0 ? [{ label: t('meanTokens'), value: number(Math.round(sum.tokenSum / Math.max(1, sum.tokenPassages))) }, { label: t('mostTokens'), value: number(sum.tokens.at(-1)?.length ?? 0) }] : []),
        ]}
      />
      <div className="grid gap-x-12 gap-y-6 md:grid-cols-2">
        <LiveHistogram label={t('lengths')} unit={t('charactersUnit')} bins={binsOfTally(sum.lengths, 24)} />
        {sum.counted > 0 && <LiveHistogram label={t('tokenLengths')} unit={t('tokensUnit')} bins={binsOfTally(sum.tokens, 24)} />}
        {!hasModel && <p className="m-0 self-center text-sm text-muted">{t('noModel')}</p>}
      </div>
    </>
  )
}

function FiguresSkeleton() {
  return (
    <div aria-hidden className="grid gap-5">
      <div className="flex flex-wrap gap-x-8 gap-y-3">
        {[0, 1, 2, 3, 4, 5].map((at) => (
          <SkeletonBar key={at} className="h-11 w-20" />
        ))}
      </div>
      <SkeletonBar className="h-[72px] max-w-[520px]" />
    </div>
  )
}

type Found = NovelTotals['figures']['shortest'][number] & { novelId: number }

function summed(done: readonly NovelTotals[]) {
  const add = (pick: (novel: NovelTotals) => number) => done.reduce((total, novel) => total + pick(novel), 0)
  const tokens = tallied(done.flatMap((novel) => novel.tokens ?? []))
  const found = (pick: (novel: NovelTotals) => NovelTotals['figures']['shortest'], sign: number) =>
    done.flatMap((novel): Found[] => pick(novel).map((each) => ({ ...each, novelId: novel.novelId }))).sort((a, b) => sign * (a.characters - b.characters)).slice(0, extremes)
  return {
    passages: add((novel) => novel.figures.passages),
    characters: add((novel) => novel.figures.characters),
    endings: add((novel) => novel.figures.endings),
    midScene: add((novel) => novel.figures.midScene),
    lengths: tallied(done.flatMap((novel) => novel.figures.lengths)),
    shortest: found((novel) => novel.figures.shortest, 1),
    longest: found((novel) => novel.figures.longest, -1),
    counted: add((novel) => (novel.tokens === null ? 0 : 1)),
    tokens,
    tokenSum: tokens.reduce((total, { length, count }) => total + length * count, 0),
    tokenPassages: tokens.reduce((total, { count }) => total + count, 0),
  }
}

function tallied(pairs: readonly (readonly [number, number])[]): Tally {
  const counts = new Map<number, number>()
  for (const [length, count] of pairs) counts.set(length, (counts.get(length) ?? 0) + count)
  return [...counts].sort(([a], [b]) => a - b).map(([length, count]) => ({ length, count }))
}

/** The same settings, with this passage in view. */
function placeHref({ novelId, chapterId, start, ordinal }: Found): string {
  const query = new URLSearchParams(typeof window === 'undefined' ? '' : window.location.search)
  for (const [name, value] of Object.entries({ novel: novelId, chapter: chapterId, at: start })) query.set(name, String(value))
  query.delete('part')
  return `?${query}#passage-${ordinal + 1}`
}

function progress(t: ReturnType<typeof useTranslations<'passages'>>, totals: Sums, sum: { counted: number }, hasModel: boolean): string {
  const total = totals.novels
  if (totals.done.length === 0) return ''
  if (totals.done.length < total) return t('novelsDone', { done: totals.done.length, total })
  if (hasModel && sum.counted < total && !totals.ended) return t('tokensDone', { done: sum.counted, total })
  return t('totalsDone', { total })
}
