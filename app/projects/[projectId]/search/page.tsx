import type { Metadata } from 'next'
import { Results } from '@/app/projects/[projectId]/search/_components/results'
import { SearchForm } from '@/app/projects/[projectId]/search/_components/search-form'
import { type SearchUrl, urlOf, urlSchema, wordsOf } from '@/app/projects/[projectId]/search/_search-url'
import { getTranslator } from '@/app/_i18n/server'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/empty-state'
import { PageHead } from '@/app/_ui/page-head'
import { Tag } from '@/app/_ui/tag'
import { searchLibrary } from '@/lib/stages/search/search'
import { countUnindexed } from '@/lib/stages/search/search-index'
import { novelTitles } from '@/lib/stages/novels/titles'
import { longestPhrase } from '@/lib/text/search-grams'
import { mostTerms, readQuery } from '@/lib/text/search-query'

type Props = { params: Promise<{ projectId: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

const size = 10

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const { q } = urlSchema.parse(await searchParams)
  const title = (await getTranslator('search'))('title')
  return { title: q === '' ? title : `${q} · ${title}` }
}

/** Where words stand in all the novels of a project. */
export default async function SearchPage({ params, searchParams }: Props) {
  const { projectId } = await params
  const url = urlSchema.parse(await searchParams)
  const [t, novels, pending] = await Promise.all([getTranslator('search'), novelTitles(projectId), countUnindexed(projectId)])
  return (
    <>
      <PageHead title={t('title')} note={t('note')} />
      {novels.length === 0 ? (
        <EmptyState action={<LinkButton kind="primary" href={`/projects/${projectId}/novels`}>{t('toNovels')}</LinkButton>}>{t('empty')}</EmptyState>
      ) : (
        <>
          <SearchForm projectId={projectId} url={url} novels={novels} />
          {pending > 0 && (
            <p className="mt-0 mb-4">
              <Tag kind="warn">{t('pending', { count: pending })}</Tag>
            </p>
          )}
          {url.q === '' ? (
            <p className="mt-0 max-w-[44em] text-muted">
              {t('how')} {t('howLong', { most: longestPhrase, terms: mostTerms })}
            </p>
          ) : (
            <Found projectId={projectId} url={url} />
          )}
        </>
      )}
    </>
  )
}

async function Found({ projectId, url }: { projectId: string; url: SearchUrl }) {
  const t = await getTranslator('search')
  const query = readQuery(url.q)
  if (!query) return <p className="mt-0 text-muted">{t('nothingAsked')}</p>
  const result = await searchLibrary(projectId, query, { novelId: url.novel, register: url.register }, { take: size, skip: (url.page - 1) * size })
  const here = `/projects/${projectId}/search`
  if (result.chapters === 0) {
    const isFiltered = url.novel !== undefined || url.register !== undefined
    return (
      <EmptyState action={isFiltered && <LinkButton href={`${here}${urlOf({ q: url.q, page: 1 })}`}>{t('anywhere')}</LinkButton>}>
        {t(isFiltered ? 'noneFiltered' : 'none', { words: wordsOf(url) })}
      </EmptyState>
    )
  }
  return <Results projectId={projectId} url={url} query={query} result={result} size={size} />
}
