import { Link } from '@/app/_ui/link'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { cx } from '@/app/_ui/cx'
import { ScrollToCurrent } from '@/app/_ui/scroll-to-current'
import type { ChapterEntry } from '@/lib/stages/novels'

/** The book's table of contents: every chapter with its length; those that are left out stand faint. */
export async function ChapterList({ chapters, current, href }: { chapters: readonly ChapterEntry[]; current: number; href: string }) {
  const [t, { number }] = await Promise.all([getTranslator('novels'), getFormatter()])
  return (
    <nav aria-label={t('chapters')} className="max-h-52 overflow-y-auto text-sm lg:sticky lg:top-[76px] lg:max-h-[calc(100dvh-100px)]">
      <ScrollToCurrent />
      <ol className="m-0 list-none p-0">
        {chapters.map((chapter) => (
          <li key={chapter.id}>
            <Link
              href={`${href}?chapter=${chapter.id}`}
             
              aria-current={chapter.id === current ? 'true' : undefined}
              className={cx(
                'flex justify-between gap-3 rounded-base px-2.5 py-1.5 no-underline',
                chapter.id === current ? 'bg-wash text-ink' : 'text-muted hover:text-ink',
                chapter.taking === 'left_out' && 'line-through',
              )}
            >
              <span className="[overflow-wrap:anywhere]">{chapter.heading || t('untitled', { ordinal: chapter.ordinal + 1 })}</span>
              <span className="text-xs">{number(chapter.characters)}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
