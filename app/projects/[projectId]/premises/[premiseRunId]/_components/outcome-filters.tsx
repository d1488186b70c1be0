import { flawName } from '@/app/projects/[projectId]/pairs/_components/flaw-name'
import { outcomeHref, type OutcomeQuery } from '@/app/projects/[projectId]/premises/[premiseRunId]/_outcome-query'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { TabLinks } from '@/app/_ui/tab-links'
import { premiseFlaws } from '@/lib/llm/premise-flaws'
import type { PremiseStyle } from '@/lib/settings/premise-styles'
import type { PremiseCounts } from '@/lib/stages/premises/premises'

/** Outcome, flaw, style, grade and order, each a link: what is chosen is in the address and can be taken out again. */
export async function OutcomeFilters({ query, counts, styles, here }: { query: OutcomeQuery; counts: PremiseCounts; styles: readonly { style: PremiseStyle; count: number }[]; here: string }) {
  const [t, premises, { number }, name] = await Promise.all([getTranslator('premise-run'), getTranslator('premises'), getFormatter(), flawName()])
  const href = (change: Partial<OutcomeQuery>) => outcomeHref(here, query, change)
  const outcomes = (['good', 'refused', 'failed'] as const).filter((outcome) => counts[outcome] > 0 || query.outcome === outcome)
  const flaws = premiseFlaws.flatMap((flaw) => {
    const count = counts.marks.find((each) => each.flaw === flaw)?.count ?? 0
    return count > 0 || query.flaw === flaw ? [{ flaw, count }] : []
  })
  return (
    <>
      <TabLinks
        label={t('filter')}
        links={[
          { href: href({ outcome: null }), label: t('all'), current: query.outcome === null },
          ...outcomes.map((outcome) => ({ href: href({ outcome }), label: `${t(outcome)} ${number(counts[outcome])}`, current: query.outcome === outcome })),
        ]}
      />
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        <span className="flex flex-wrap items-center gap-x-3">
          <Choice href={href({ order: null })} chosen={query.order !== 'novel'}>{t('order.latest')}</Choice>
          <Choice href={href({ order: 'novel' })} chosen={query.order === 'novel'}>{t('order.novel')}</Choice>
        </span>
        {flaws.length > 0 && (
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="text-muted">{t('flaws')}</span>
            {flaws.map(({ flaw, count }) => (
              <Choice key={flaw} href={href({ flaw: query.flaw === flaw ? null : flaw })} chosen={query.flaw === flaw}>
                {name(flaw)} {number(count)}
              </Choice>
            ))}
          </span>
        )}
        {styles.length > 1 && (
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="text-muted">{premises('styleFilter')}</span>
            {styles.map(({ style, count }) => (
              <Choice key={style} href={href({ style: query.style === style ? null : style })} chosen={query.style === style}>
                {premises(`style.${style}`)} {number(count)}
              </Choice>
            ))}
          </span>
        )}
        {counts.scores.length > 0 && (
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="text-muted">{t('score')}</span>
            {counts.scores.map(({ score, count }) => (
              <Choice key={score} href={href({ score: query.score === score ? null : score })} chosen={query.score === score}>
                {t('scoreOf', { score })} × {number(count)}
              </Choice>
            ))}
          </span>
        )}
      </div>
    </>
  )
}

function Choice({ href, chosen, children }: { href: string; chosen: boolean; children: React.ReactNode }) {
  return (
    <Link href={href} scroll={false} aria-current={chosen ? 'true' : undefined} className={chosen ? 'font-semibold text-ink underline decoration-seal decoration-2 underline-offset-4' : 'text-muted underline decoration-line underline-offset-4 hover:text-ink'}>
      {children}
    </Link>
  )
}
