import { Link } from '@/app/_ui/link'
import { PairKeys } from '@/app/projects/[projectId]/pairs/_components/pair-keys'
import { PairView } from '@/app/projects/[projectId]/pairs/_components/pair-view'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { buttonClass } from '@/app/_ui/button'
import { Pages } from '@/app/_ui/pages'
import { TabLinks } from '@/app/_ui/tab-links'
import { listPairs, type PairFilter, pairFilter } from '@/lib/stages/pairs'
import { testPremises } from '@/lib/stages/test-files'

const size = 10
export const views = ['list', 'one'] as const
export type View = (typeof views)[number]
type At = { filter: PairFilter; view: View; page?: number }

/** Keys whose word takes a pair out of what a filter shows. */
const leaving: Partial<Record<PairFilter, string>> = { undecided: 'kr', kept: 'r', rejected: 'k' }

/** The pairs of a run through a filter: as a list, or one a screen for the keyboard. `href` gives the URL of a view. */
export async function PairList({ projectId, runId, filter, view, page: asked, href }: { projectId: string; runId: string; filter: PairFilter; view: View; page: number; href: (at: At) => string }) {
  const rows = view === 'one' ? 1 : size
  const at = (page: number) => listPairs(runId, filter, { take: rows, skip: (page - 1) * rows })
  const [t, { number }, found, forbidden] = await Promise.all([getTranslator('pairs'), getFormatter(), at(asked), testPremises(projectId)])
  const { total } = found
  // Words on pairs shorten what a filter shows: behind its end stands its last page.
  const page = Math.max(1, Math.min(asked, Math.ceil(total / rows)))
  const { pairs } = page === asked ? found : await at(page)
  const known = new Set(forbidden.map((premise) => premise.trim()))
  const leaks = (premise: string) => known.has(premise.trim())
  const one = view === 'one' ? pairs[0] : undefined
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-8">
        <TabLinks label={t('filter')} links={pairFilter.options.map((each) => ({ href: href({ filter: each, view }), label: t(`filters.${each}`), current: each === filter }))} />
        <TabLinks label={t('view')} links={views.map((each) => ({ href: href({ filter, view: each }), label: t(`views.${each}`), current: each === view }))} />
      </div>
      {total === 0 && <p className="text-muted">{t('noneHere')}</p>}
      {one && (
        <PairKeys key={one.premiseId} leaving={leaving[filter] ?? ''} label={t('pairOf', { page: number(page), total: number(total) })}>
          <div className="mb-4 flex flex-wrap items-center gap-3">
            {page > 1 && (
              <Link href={href({ filter, view, page: page - 1 })} data-key="ArrowLeft" className={buttonClass('plain', true)} rel="prev">
                {t('previous')}
              </Link>
            )}
            <span>{t('pairOf', { page: number(page), total: number(total) })}</span>
            {page < total && (
              <Link href={href({ filter, view, page: page + 1 })} data-key="ArrowRight" className={buttonClass('plain', true)} rel="next">
                {t('next')}
              </Link>
            )}
            <span className="text-sm text-muted">{t('keys')}</span>
          </div>
          <PairView projectId={projectId} pair={one} leaks={leaks(one.premise)} folded={false} />
        </PairKeys>
      )}
      {view === 'list' && (
        <>
          <ol className="m-0 list-none p-0">
            {pairs.map((pair) => (
              <li key={pair.premiseId} className="border-b border-line py-4">
                <PairView projectId={projectId} pair={pair} leaks={leaks(pair.premise)} folded />
              </li>
            ))}
          </ol>
          <Pages page={page} size={size} total={total} href={(to) => href({ filter, view, page: to })} />
        </>
      )}
    </>
  )
}
