import { FlawTags } from '@/app/projects/[projectId]/pairs/_components/flaw-tags'
import { PairPassage } from '@/app/projects/[projectId]/pairs/_components/pair-passage'
import { PremiseEditor } from '@/app/projects/[projectId]/pairs/_components/premise-editor'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Facts } from '@/app/_ui/facts'
import { Pages } from '@/app/_ui/pages'
import { TabLinks } from '@/app/_ui/tab-links'
import { Tag } from '@/app/_ui/tag'
import { listPairs } from '@/lib/stages/pairs'
import { premiseCounts, type PremiseRunWithJob } from '@/lib/stages/premises'

const size = 10
export const shown = ['all', 'good', 'refused', 'edited'] as const
export type Shown = (typeof shown)[number]

/** What a run has written: figures, and every premise beside its passage with what the checks say. */
export async function RunResults({ run, filter, page, href }: { run: PremiseRunWithJob; filter: Shown; page: number; href: (view: { filter: Shown; page?: number }) => string }) {
  const [t, { number }, counts, { total, pairs }] = await Promise.all([
    getTranslator('premises'),
    getFormatter(),
    premiseCounts(run.id),
    listPairs(run.id, filter, { take: size, skip: (page - 1) * size }),
  ])
  const finished = counts.good + counts.refused
  if (finished === 0) return null
  return (
    <>
      <Facts
        facts={[
          { label: t('good'), value: number(counts.good), hint: t('share', { share: counts.good / finished }) },
          { label: t('refused'), value: number(counts.refused) },
          { label: t('answers'), value: number(counts.answers), hint: t('answersHint', { each: counts.answers / finished }) },
        ]}
      />
      {counts.flaws.length > 0 && (
        <p className="mt-0 mb-5 flex flex-wrap items-center gap-2 text-muted">
          {t('flawsMet')}
          {counts.flaws.map(({ flaw, count }) => (
            <span key={flaw} className="inline-flex items-center gap-1">
              <FlawTags flaws={[flaw]} /> {number(count)}
            </span>
          ))}
        </p>
      )}
      <TabLinks label={t('filter')} links={shown.map((each) => ({ href: href({ filter: each }), label: t(`filters.${each}`), current: each === filter }))} />
      {pairs.length === 0 && <p className="text-muted">{t('noneHere')}</p>}
      <ol className="m-0 list-none p-0">
        {pairs.map((pair) => (
          <li key={pair.premiseId} className="grid gap-x-10 gap-y-3 border-b border-line py-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
            <PairPassage projectId={run.projectId} passage={pair.passage} folded />
            <div className="grid content-start gap-2">
              <p className="m-0 flex flex-wrap items-center gap-2">
                {pair.outcome === 'good' ? <Tag kind="ok">{t('filters.good')}</Tag> : <Tag kind="bad">{t('filters.refused')}</Tag>}
                <FlawTags flaws={pair.flaws} />
                {pair.attempts > 1 && <span className="text-sm text-muted">{t('attempts', { count: pair.attempts })}</span>}
              </p>
              <PremiseEditor projectId={run.projectId} pair={`p${pair.premiseId}`} premise={pair.premise} written={pair.written} />
            </div>
          </li>
        ))}
      </ol>
      <Pages page={page} size={size} total={total} href={(to) => href({ filter, page: to })} />
    </>
  )
}
