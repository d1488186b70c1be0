'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { cx } from '@/app/_ui/cx'

/**
 * A long list of which only the rows in sight are drawn (at most about forty nodes).
 * Rows may differ in height: each is measured when it is drawn.
 */
export function VirtualList<Item>(props: {
  label: string
  items: readonly Item[]
  itemKey: (item: Item) => string | number
  /** Usual height of a row in pixels. */
  estimate: number
  height: string
  className?: string
  /** The row to begin at, by its index; looked at once, when the list is first filled. */
  startAt?: number
  /** The row that is kept in sight while it changes, by its index. */
  follow?: number
  children: (item: Item, index: number) => ReactNode
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: props.items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => props.estimate,
    // Heights go with the rows when their order changes.
    getItemKey: (index) => {
      const item = props.items[index]
      return item === undefined ? index : props.itemKey(item)
    },
    overscan: 6,
    initialRect: { width: 800, height: 600 },
  })
  const { startAt = -1 } = props
  const isFilled = props.items.length > 0
  const started = useRef(false)
  useEffect(() => {
    if (started.current || !isFilled) return
    started.current = true
    if (startAt >= 0) virtual.scrollToIndex(startAt, { align: 'start' })
  }, [isFilled, startAt, virtual])
  const { follow = -1 } = props
  useEffect(() => {
    if (follow >= 0) virtual.scrollToIndex(follow, { align: 'auto' })
  }, [follow, virtual])
  return (
    <div ref={scroller} role="list" aria-label={props.label} tabIndex={0} className={cx('overflow-y-auto', props.className)} style={{ height: props.height }}>
      <div className="relative" style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map((row) => {
          const item = props.items[row.index]
          if (item === undefined) return null
          return (
            <div
              key={props.itemKey(item)}
              ref={virtual.measureElement}
              data-index={row.index}
              role="listitem"
              aria-setsize={props.items.length}
              aria-posinset={row.index + 1}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${row.start}px)` }}
            >
              {props.children(item, row.index)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
