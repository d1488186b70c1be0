import { ChapterHit } from '@/app/projects/[projectId]/search/_components/chapter-hit'
import { type SearchUrl, urlOf, wordsOf } from '@/app/projects/[projectId]/search/_search-url'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { cx } from '@/app/_ui/cx'
import { Link } from '@/app/_ui/link'
import { Pages } from '@/app/_ui/pages'
import type { SearchResult } from '@/lib/stages/search/search'
import type { SearchQuery } from '@/lib/text/search-query'

type Props = { projectId: string; url: SearchUrl; query: SearchQuery; result: SearchResult; size: number }

/** What was found, by novel and chapter; at the left how many chapters of which novels, to look into one alone. */
export async function Results({ projectId, url, query, result, size }: Props) {
  const [t, { number }] = await Promise.all([getTranslator('search'), getFormatter()])
  const here = `/projects/${projectId}/search`
  const novelIds = [...new Set(result.hits.map(({ novelId }) => novelId))]
  return (
    <>
      <p role="status" className="mt-0 mb-4 text-muted">
        {t(result.isWhole ? 'found' : 'foundAtLeast', { words: wordsOf(url), chapters: result.chapters, novels: result.novels.length })}
      </p>
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-[220px_minmax(0,1fr)]">
        <nav aria-label={t('byNovel')} className="max-h-44 overflow-y-auto text-sm lg:sticky lg:top-[76px] lg:max-h-[calc(100dvh-100px)] lg:self-start">
          <ul className="m-0 list-none p-0">
            {[...(url.novel === undefined ? [] : [null]), ...result.novels].map((novel) => (
              <li key={novel?.id ?? 'all'}>
                <Link
                  href={`${here}${urlOf({ ...url, novel: novel?.id, page: 1 })}`}
                  aria-current={novel?.id === url.novel && novel !== null ? 'true' : undefined}
                  className={cx('flex justify-between gap-3 rounded-base px-2.5 py-1.5 no-underline', novel?.id === url.novel && novel !== null ? 'bg-wash text-ink' : 'text-muted hover:text-ink')}
                >
                  <span className="[overflow-wrap:anywhere]">{novel?.title ?? t('allNovels')}</span>
                  {novel && <span className="text-xs">{number(novel.chapters)}</span>}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="min-w-0">
          {novelIds.map((novelId) => (
            <section key={novelId} aria-labelledby={`novel-${novelId}`} className="mb-8">
              <h2 id={`novel-${novelId}`} className="mt-0 mb-3 flex flex-wrap items-baseline gap-x-3 border-b border-line pb-1 text-lg font-semibold">
                <Link href={`/projects/${projectId}/novels/${novelId}`} className="text-ink no-underline [overflow-wrap:anywhere] hover:underline">
                  {result.novels.find(({ id }) => id === novelId)?.title}
                </Link>
                <span className="text-sm font-normal text-muted">{t('chapters', { count: result.novels.find(({ id }) => id === novelId)?.chapters ?? 0 })}</span>
              </h2>
              {result.hits.filter((hit) => hit.novelId === novelId).map((hit) => (
                <ChapterHit key={hit.chapterId} projectId={projectId} hit={hit} words={query.terms[0] ?? ''} />
              ))}
            </section>
          ))}
          <Pages page={url.page} size={size} total={result.chapters} href={(page) => `${here}${urlOf({ ...url, page })}`} />
        </div>
      </div>
    </>
  )
}
