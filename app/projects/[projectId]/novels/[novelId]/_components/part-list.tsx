'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, type Ref, type RefObject, useEffect, useImperativeHandle } from 'react'
import { ChapterHeading } from '@/app/projects/[projectId]/novels/[novelId]/_components/chapter-heading'
import { type Found, PartView } from '@/app/projects/[projectId]/novels/[novelId]/_components/part-view'
import type { Parts } from '@/app/projects/[projectId]/novels/[novelId]/_components/use-parts'
import { atRow, type Layout, rowsAround } from '@/app/projects/[projectId]/novels/[novelId]/_layout'
import { Prose } from '@/app/_ui/prose'

export type ListHandle = { scrollTo: (row: number) => void }

const usualHeight = 380
const around = 8
/**
 * The text itself: the parts in sight and some on either side. Scrolling draws this alone anew; whoever holds it hears of
 * the row that one reads (`onRow`) when it is another. Heights are kept by row (a key would be made for each of ten
 * thousand rows whenever one is measured), so another layout wants another list.
 */
export const PartList = memo(function PartList(props: {
  ref: Ref<ListHandle>
  scroller: RefObject<HTMLDivElement | null>
  label: string
  layout: Layout
  parts: Parts
  startRow: number
  onRow: (row: number) => void
  projectId: string
  editing: boolean
  onSplit: (chapterId: number, at: number, line: string) => void
  found: Found | null
  foundHere: Found | null
  matchedChapter: number | null
}) {
  const { scroller, layout, parts, startRow, onRow } = props
  const virtual = useVirtualizer({
    count: layout.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualHeight,
    rangeExtractor: ({ startIndex, endIndex }) => rowsAround(layout, startIndex, endIndex, ({ chapter, part }) => parts.part(chapter.id, part)?.blocks.length === 0),
    initialRect: { width: 700, height: 760 },
    initialOffset: startRow * usualHeight,
    useFlushSync: false,
  })
  useImperativeHandle(props.ref, () => ({ scrollTo: (row) => virtual.scrollToIndex(row, { align: 'start' }) }), [virtual])
  const rows = virtual.getVirtualItems()
  const [first, last] = [rows[0]?.index ?? 0, rows.at(-1)?.index ?? 0]
  useEffect(() => parts.ask(first - around, last + around), [parts, first, last])
  const row = virtual.range?.startIndex ?? startRow
  useEffect(() => onRow(row), [onRow, row])
  return (
    <div ref={scroller} tabIndex={0} role="region" aria-label={props.label} className="relative min-h-0 flex-1 overflow-y-auto pr-2 [contain:strict] [overflow-anchor:none]">
      <Prose className="relative" style={{ height: virtual.getTotalSize() }}>
        {/* In the flow one after the other, so that a height not yet measured can never lay one part over the next. */}
        <div className="absolute inset-x-0 top-0" style={{ transform: `translateY(${rows[0]?.start ?? 0}px)` }}>
          {rows.map((item) => {
            const place = atRow(layout, item.index)
            if (!place) return null
            const { chapter, index, part } = place
            const text = parts.part(chapter.id, part)
            return (
              <div key={`${chapter.id}:${part}`} ref={virtual.measureElement} data-index={item.index} data-chapter={chapter.id} className="[contain:layout_style]">
                {part === 0 && <ChapterHeading projectId={props.projectId} chapter={chapter} index={index} last={index === layout.chapters.length - 1} editing={props.editing} />}
                {text ? (
                  <PartView part={text} found={props.matchedChapter === chapter.id ? props.foundHere : props.found} splitting={props.editing} onSplit={props.onSplit} />
                ) : (
                  <div aria-hidden style={{ height: usualHeight }} className="rounded-base bg-wash opacity-50" />
                )}
              </div>
            )
          })}
        </div>
      </Prose>
    </div>
  )
})
