import { Link } from '@/app/_ui/link'
import type { Part } from '@/app/projects/[projectId]/novels/[novelId]/_reading'
import { ReadingBlocks } from '@/app/projects/[projectId]/novels/_components/reading-blocks'
import { getTranslator } from '@/app/_i18n/server'
import { Pages } from '@/app/_ui/pages'
import type { ChapterEntry } from '@/lib/stages/novels'

/** One chapter set for reading, with the beginnings of its passages drawn in. */
export async function ChapterText({ chapters, current, part, href }: { chapters: readonly ChapterEntry[]; current: number; part: Part; href: string }) {
  const t = await getTranslator('novels')
  const at = chapters.findIndex((chapter) => chapter.id === current)
  const [before, after] = [chapters[at - 1], chapters[at + 1]]
  const heading = chapters[at]?.heading || t('untitled', { ordinal: at + 1 })
  return (
    <article className="min-w-0">
      <h2 className="m-0 mb-4 font-serif text-lg font-semibold">{heading}</h2>
      <ReadingBlocks blocks={part.blocks} />
      <Pages page={part.part} size={1} total={part.parts} href={(page) => `${href}?chapter=${current}&part=${page}`} />
      <nav aria-label={t('turn')} className="mt-8 flex max-w-[40em] justify-between gap-6 border-t border-line pt-4">
        {before ? <Link href={`${href}?chapter=${before.id}`}>{t('before', { heading: before.heading || t('untitled', { ordinal: at }) })}</Link> : <span />}
        {after && <Link href={`${href}?chapter=${after.id}`}>{t('after', { heading: after.heading || t('untitled', { ordinal: at + 2 }) })}</Link>}
      </nav>
    </article>
  )
}
