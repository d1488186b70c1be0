import { headingWords } from '@/app/_novels/heading-words'
import { diffArrays } from 'diff'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { Link } from '@/app/_ui/link'
import type { ChapterOfDuplicate, DuplicateMemberEntry } from '@/lib/stages/novels/duplicate-groups'

/** Chapters of a novel that are shown where they differ; the others are counted. */
const most = 12

type Props = { projectId: string; first: DuplicateMemberEntry; second: DuplicateMemberEntry | undefined; member: DuplicateMemberEntry; chapters: readonly ChapterOfDuplicate[] }

/** The chapters of a novel that the other one does not have word for word: against the first, and the first against the second. */
export async function NovelChapters({ projectId, first, second, member, chapters }: Props) {
  const [t, { number }] = await Promise.all([getTranslator('duplicates'), getFormatter()])
  const ui = await getTranslator('ui')
  const other = member === first ? second : first
  const of = (novelId: number | undefined) => chapters.filter((chapter) => chapter.novelId === novelId)
  const own = of(member.novelId)
  const changes = diffArrays(of(other?.novelId), own, { comparator: (a, b) => a.hash === b.hash })
  const alone = changes.filter(({ added }) => added).flatMap(({ value }) => value)
  return (
    <div className="text-sm">
      <p className="m-0 text-muted">
        {t('chapters', { count: own.length })} · {t('sameChapters', { count: own.length - alone.length })}
        {alone.length > 0 && ` · ${t('differingChapters', { count: alone.length })}`}
      </p>
      {alone.length > 0 && (
        <ul className="mt-2 mb-0 list-none p-0">
          {alone.slice(0, most).map((chapter) => (
            <li key={chapter.id} className="flex justify-between gap-3 border-t border-line py-1">
              <Link href={`/projects/${projectId}/novels/${chapter.novelId}?chapter=${chapter.id}`} className="text-ink [overflow-wrap:anywhere] hover:underline">
                {headingWords(chapter.heading, ui('front')) || t('untitled', { ordinal: chapter.ordinal + 1 })}
              </Link>
              <span className="text-muted">{number(chapter.characters)}</span>
            </li>
          ))}
          {alone.length > most && <li className="border-t border-line py-1 text-muted">{t('moreChapters', { count: alone.length - most })}</li>}
        </ul>
      )}
    </div>
  )
}
