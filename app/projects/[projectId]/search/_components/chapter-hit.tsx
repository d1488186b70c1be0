import { headingWords } from '@/app/_novels/heading-words'
import { getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import { Prose } from '@/app/_ui/prose'
import { Tag } from '@/app/_ui/tag'
import type { ChapterHits } from '@/lib/stages/search/search'
import type { Context } from '@/lib/stages/search/contexts'

/** A chapter's places, each a line of its text that leads to the place in the novel. */
export async function ChapterHit({ projectId, hit, words }: { projectId: string; hit: ChapterHits; words: string }) {
  const t = await getTranslator('search')
  const ui = await getTranslator('ui')
  const heading = headingWords(hit.heading, ui('front')) || t('untitled', { ordinal: hit.ordinal + 1 })
  const href = (at: number, find: string) => `/projects/${projectId}/novels/${hit.novelId}?${new URLSearchParams({ chapter: String(hit.chapterId), at: String(at), find })}`
  const [first] = hit.contexts
  return (
    <article aria-label={heading} className="mb-5">
      <h3 className="m-0 mb-1 flex flex-wrap items-baseline gap-x-3 text-base font-semibold">
        <Link href={href(first?.at ?? 0, (first && hitOf(first)) ?? words)} className="text-ink underline decoration-line underline-offset-4 [overflow-wrap:anywhere] hover:decoration-current">
          {heading}
        </Link>
        <span className="text-sm font-normal text-muted">{t(hit.isCountWhole ? 'places' : 'placesAtLeast', { count: hit.count })}</span>
        <Tag>{t(`registers.${hit.register}`)}</Tag>
      </h3>
      <Prose className="!max-w-[44em] !text-base">
        <ul className="m-0 list-none p-0">
          {hit.contexts.map((context) => (
            <li key={context.at} className="my-1">
              <Link href={href(context.at, hitOf(context) ?? words)} aria-label={`${t('openAt', { novel: hit.novel, chapter: heading })}: ${context.pieces.map(({ text }) => text).join('')}`} className="block rounded-base px-2 py-0.5 text-ink no-underline hover:bg-wash">
                … {context.pieces.map(({ text, isHit }, at) => (isHit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>))} …
              </Link>
            </li>
          ))}
        </ul>
      </Prose>
    </article>
  )
}

/** The words as they are written at the place, so that the reading view finds the same. */
function hitOf({ pieces }: Context): string | undefined {
  return pieces.find(({ isHit }) => isHit)?.text
}
