'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { rowsAnswer } from '@/app/projects/[projectId]/pairs/_components/rows-answer'
import type { PairRow } from '@/lib/stages/pairs/table'

export type PairList = { total: number; marks: readonly string[]; rows: readonly PairRow[] }

const size = 100

/**
 * The rows of a long list, page by page as they come into sight. `first` is its first page with the keys after which the
 * others begin, as the server drew them; drawn anew, every page is read again when it is next looked at, and shown as
 * it was until then.
 */
export function usePairPages(address: string, first: PairList) {
  const [pages, setPages] = useState<ReadonlyMap<number, readonly PairRow[]>>(new Map([[0, first.rows]]))
  const fresh = useRef(new Set<number>([0]))
  const asked = useRef(new Set<number>())
  const drawn = useRef(first)
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    if (drawn.current === first) return
    drawn.current = first
    fresh.current = new Set([0])
    setPages((known) => new Map([...known].filter(([page]) => page <= first.marks.length)).set(0, first.rows))
  }, [first])

  const want = useCallback(
    async (page: number) => {
      const mark = page === 0 ? null : first.marks[page - 1]
      if (mark === undefined || fresh.current.has(page) || asked.current.has(page)) return
      asked.current.add(page)
      try {
        const answer = await fetch(`${address}${address.includes('?') ? '&' : '?'}${mark === null ? '' : `after=${mark}`}`)
        if (!answer.ok) return setBroken(true)
        const { rows } = rowsAnswer.parse(await answer.json())
        // The list may have been drawn anew meanwhile; then this page is asked for once more.
        if (drawn.current === first) fresh.current.add(page)
        setPages((known) => new Map(known).set(page, rows))
        setBroken(false)
      } catch {
        setBroken(true)
      } finally {
        asked.current.delete(page)
      }
    },
    [address, first],
  )

  const rowAt = (index: number): PairRow | undefined => pages.get(Math.floor(index / size))?.[index % size]
  /** What a person has just said, shown before the server's own word comes. */
  const patch = (name: string, change: Partial<PairRow>) =>
    setPages((known) => new Map([...known].map(([page, rows]) => [page, rows.map((row) => (row.name === name ? { ...row, ...change } : row))])))
  const indexOf = (name: string): number => {
    for (const [page, rows] of pages) {
      const at = rows.findIndex((row) => row.name === name)
      if (at >= 0) return page * size + at
    }
    return -1
  }
  return { rowAt, want, patch, indexOf, broken, size }
}
