import type { Metadata } from 'next'
import { BulkBar } from '@/app/projects/[projectId]/pairs/_components/bulk-bar'
import { CheckBar } from '@/app/projects/[projectId]/pairs/_components/check-bar'
import { FilterFields } from '@/app/projects/[projectId]/pairs/_components/filter-fields'
import { flawName } from '@/app/projects/[projectId]/pairs/_components/flaw-name'
import { PairTable } from '@/app/projects/[projectId]/pairs/_components/pair-table'
import { PairTabs } from '@/app/projects/[projectId]/pairs/_components/pair-tabs'
import { SourceTabs } from '@/app/projects/[projectId]/pairs/_components/source-tabs'
import { chosenSource, type PageQuery, queryOf, sourcesOf } from '@/app/projects/[projectId]/pairs/_source'
import { ClientMessages } from '@/app/_i18n/client-messages'
import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { NextStep } from '@/app/_ui/next-step'
import { PageHead } from '@/app/_ui/page-head'
import { filterOf, filterQuery } from '@/lib/stages/pairs/filter'
import { pairFacets } from '@/lib/stages/pairs/facets'
import { pairMarks, pairPage } from '@/lib/stages/pairs/table'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<PageQuery> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslator('pairs'))('title') }
}

export default async function PairsPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const query = queryOf(await searchParams)
  const [t, novels, flaw, sources] = await Promise.all([getTranslator('pairs'), getTranslator('novels'), flawName(), sourcesOf(projectId)])
  const current = chosenSource(sources, query)
  const here = `/projects/${projectId}/pairs`
  if (!current) {
    return (
      <>
        <PageHead title={t('title')} />
        <EmptyState
          action={
            <>
              <LinkButton kind="primary" href={`/projects/${projectId}/premises`}>{t('toPremises')}</LinkButton>
              <LinkButton href={`${here}/imports`}>{t('toImports')}</LinkButton>
            </>
          }
        >
          {t('empty')}
        </EmptyState>
      </>
    )
  }
  const { source } = current
  const filter = filterOf(query)
  const [facets, marks, rows] = await Promise.all([
    pairFacets(source, filter.novel.length === 1 ? (filter.novel[0] ?? null) : null),
    pairMarks(source, filter),
    pairPage(source, filter, null),
  ])
  const view = filterQuery(filter).toString()
  const registers = { modern: novels('register.modern'), early_vernacular: novels('register.early_vernacular'), classical: novels('register.classical') }
  return (
    <ClientMessages areas={['pairs']}>
      <PageHead title={t('title')} note={t('countsNote', countsOf(facets))} />
      <PairTabs projectId={projectId} current="review" />
      <SourceTabs projectId={projectId} sources={sources} current={current} />
      {current.isReading && <p className="mt-0 mb-4 text-muted">{t('stillReading')}</p>}
      {facets.total > 0 && <CheckBar projectId={projectId} source={source} base={`${here}?${current.query}`} facets={facets} />}
      <FilterFields base={`${here}?${current.query}`} filter={filter} facets={facets} />
      <section aria-label={t('pairs')}>
        <BulkBar projectId={projectId} source={source} query={view} total={marks.total} />
        {marks.total === 0 ? (
          <p className="text-muted">{facets.total === 0 ? t('noneYet') : t('noneHere')}</p>
        ) : (
          <PairTable
            key={`${current.query}&${view}`}
            projectId={projectId}
            source={source}
            query={[current.query, view].filter(Boolean).join('&')}
            list={{ ...marks, rows }}
            words={{ flaws: Object.fromEntries(facets.flaws.map(({ key }) => [key, flaw(key)])), registers }}
          />
        )}
      </section>
      <NextStep href={`${here}/versions`}>{t('toVersions')}</NextStep>
    </ClientMessages>
  )
}

function countsOf({ total, verdicts }: Awaited<ReturnType<typeof pairFacets>>): { total: number; kept: number; rejected: number } {
  const of = (verdict: string) => verdicts.find(({ key }) => key === verdict)?.count ?? 0
  return { total, kept: of('kept'), rejected: of('rejected') }
}
