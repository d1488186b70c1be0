import Link from 'next/link'
import type { Block, Part } from '@/app/projects/[projectId]/novels/[novelId]/_reading'
import { getFormatter, getTranslator } from '@/app/_i18n/server'
import { cx } from '@/app/_ui/cx'
import { Pages } from '@/app/_ui/pages'
import { Prose } from '@/app/_ui/prose'
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
      <Prose>
        {part.blocks.map((block, index) => (
          <BlockView key={index} block={block} />
        ))}
      </Prose>
      <Pages page={part.part} size={1} total={part.parts} href={(page) => `${href}?chapter=${current}&part=${page}`} />
      <nav aria-label={t('turn')} className="mt-8 flex max-w-[40em] justify-between gap-6 border-t border-line pt-4">
        {before ? <Link href={`${href}?chapter=${before.id}`}>{t('before', { heading: before.heading || t('untitled', { ordinal: at }) })}</Link> : <span />}
        {after && <Link href={`${href}?chapter=${after.id}`}>{t('after', { heading: after.heading || t('untitled', { ordinal: at + 2 }) })}</Link>}
      </nav>
    </article>
  )
}

async function BlockView({ block }: { block: Block }) {
  if (block.kind === 'paragraph') return <p className={cx(!block.begins && '!indent-0')}>{block.text}</p>
  if (block.kind === 'end') return <div aria-hidden className="my-4 border-t border-dashed border-line" />
  const [t, { number }] = await Promise.all([getTranslator('novels'), getFormatter()])
  const { ordinal, start, end } = block.cut
  return (
    <div id={`passage-${ordinal + 1}`} className="my-4 flex scroll-mt-20 items-center gap-2 font-sans text-xs">
      <span className={block.midParagraph ? 'text-gamboge-text' : 'text-muted'}>
        {t('cut', { ordinal: number(ordinal + 1), characters: number(end - start) })}
        {block.midParagraph && ` · ${t('midParagraph')}`}
      </span>
      <span aria-hidden className="flex-1 border-t border-dashed border-line" />
    </div>
  )
}
