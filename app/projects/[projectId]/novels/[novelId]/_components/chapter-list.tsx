'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { headingWords } from '@/app/_novels/heading-words'
import { memo, useEffect, useRef } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import type { ChapterLine } from '@/app/projects/[projectId]/novels/[novelId]/_layout'
import { cx } from '@/app/_ui/cx'

/** The book's table of contents, of which only what is in sight is drawn; it follows where one reads. */
export const ChapterList = memo(function ChapterList(props: { chapters: readonly ChapterLine[]; current: number; href: string; onChoose: (chapterId: number) => void }) {
  const ui = useTranslations('ui')
  const t = useTranslations('reading')
  const { number } = useFormatter()
  const scroller = useRef<HTMLElement>(null)
  const { chapters, current } = props
  const at = chapters.findIndex(({ id }) => id === current)
  const virtual = useVirtualizer({
    count: chapters.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 34,
    overscan: 8,
    initialRect: { width: 190, height: 640 },
    initialOffset: Math.max(0, at - 4) * 34,
  })
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [at, virtual])
  return (
    <nav ref={scroller} aria-label={t('chapters')} className="max-h-44 min-h-0 overflow-y-auto text-sm min-[1000px]:max-h-none min-[1000px]:flex-1">
      <ol className="relative m-0 list-none p-0" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((row) => {
          const chapter = chapters[row.index]
          if (!chapter) return null
          return (
            <li key={chapter.id} ref={virtual.measureElement} data-index={row.index} aria-setsize={chapters.length} aria-posinset={row.index + 1} className="absolute inset-x-0 top-0" style={{ transform: `translateY(${row.start}px)` }}>
              <a
                href={`${props.href}?chapter=${chapter.id}`}
                aria-current={chapter.id === current ? 'true' : undefined}
                onClick={(event) => {
                  if (event.metaKey || event.ctrlKey || event.shiftKey) return
                  event.preventDefault()
                  props.onChoose(chapter.id)
                }}
                className={cx(
                  'flex justify-between gap-3 rounded-base px-2.5 py-1.5 no-underline',
                  chapter.id === current ? 'bg-wash text-ink' : 'text-muted hover:text-ink',
                  chapter.leftOut && 'line-through',
                )}
              >
                <span className="[overflow-wrap:anywhere]">{headingWords(chapter.heading, ui('front')) || t('untitled', { ordinal: row.index + 1 })}</span>
                <span className="text-xs">{number(chapter.characters)}</span>
              </a>
            </li>
          )
        })}
      </ol>
    </nav>
  )
})
