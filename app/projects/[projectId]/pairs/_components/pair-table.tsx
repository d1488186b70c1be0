'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl/react'
import { useToast } from '@/app/_ui/toast'
import { decideOnPair, undoLastDecision } from '@/app/projects/[projectId]/pairs/actions'
import { PairTableRow, type RowWords } from '@/app/projects/[projectId]/pairs/_components/pair-table-row'
import { type PairList, usePairPages } from '@/app/projects/[projectId]/pairs/_components/use-pair-pages'
import { idle } from '@/app/_guard/action-state'

type Verdict = 'undecided' | 'kept' | 'rejected'

/**
 * All pairs that the filter finds, of which only the rows in sight are drawn. Up and down go through them, k keeps,
 * r rejects and both go on, u takes the last decision back, Enter and e open the pair.
 */
export function PairTable(props: { projectId: string; source: { kind: 'run' | 'import'; id: string }; query: string; list: PairList; words: RowWords }) {
  const { projectId, source, query, list } = props
  const t = useTranslations('pairs')
  const toast = useToast()
  const router = useRouter()
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const { rowAt, want, patch, indexOf, broken, size } = usePairPages(`/api/pairs/${source.kind}/${source.id}/rows?${query}`, list)
  const [active, setActive] = useState<string | null>(null)
  const virtual = useVirtualizer({ count: list.total, getScrollElement: () => scroller.current, estimateSize: () => 68, overscan: 8, initialRect: { width: 800, height: 640 } })
  const seen = virtual.getVirtualItems()
  const [from, to] = [seen[0]?.index ?? 0, seen.at(-1)?.index ?? 0]
  useEffect(() => {
    for (let page = Math.floor(from / size); page <= Math.floor(to / size); page++) void want(page)
  }, [from, to, size, want])

  const found = active === null ? -1 : indexOf(active)
  const current = found >= 0 ? found : Math.min(from, list.total - 1)
  const goTo = (index: number) => {
    const row = rowAt(index)
    if (!row) return
    setActive(row.name)
    virtual.scrollToIndex(index, { align: 'auto' })
  }
  const say = useCallback(
    async (name: string, verdict: Verdict) => {
      patch(name, { verdict })
      const form = new FormData()
      for (const [field, value] of Object.entries({ projectId, pair: name, verdict })) form.set(field, value)
      const after = await decideOnPair(idle, form)
      if (after.status === 'failed') toast(after.error, { bad: true })
    },
    [patch, projectId, toast],
  )
  const undo = async () => {
    const form = new FormData()
    for (const [field, value] of Object.entries({ projectId, kind: source.kind, sourceId: source.id })) form.set(field, value)
    const after = await undoLastDecision(idle, form)
    if (after.status === 'failed') toast(after.error, { bad: true })
    if (after.status === 'done' && after.message) toast(after.message)
  }
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== scroller.current) return
    const row = rowAt(current)
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const step = steps[key]
    if (step !== undefined) goTo(Math.max(0, Math.min(list.total - 1, found < 0 ? current : current + step)))
    else if (key === 'Home') goTo(0)
    else if (key === 'u') void undo()
    else if (row && (key === 'k' || key === 'r')) {
      void say(row.name, key === 'k' ? 'kept' : 'rejected')
      goTo(Math.min(list.total - 1, current + 1))
    } else if (row && (key === 'Enter' || key === 'e')) router.push(`${hrefOf(row.name)}${key === 'e' ? '&edit=1' : ''}`)
    else return
    event.preventDefault()
  }
  const hrefOf = (name: string) => `/projects/${projectId}/pairs/${name}?${query}`

  return (
    <>
      <p className="mt-0 mb-2 hidden text-sm text-muted md:block">{t('tableKeys')}</p>
      {broken && (
        <p role="alert" className="mt-0 mb-2 text-seal">
          {t('rowsMissing')}
        </p>
      )}
      <div
        ref={scroller}
        role="grid"
        aria-label={t('pairs')}
        aria-rowcount={list.total}
        aria-activedescendant={found >= 0 ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={press}
        onClick={(event) => event.target instanceof Element && setActive(event.target.closest<HTMLElement>('[data-pair]')?.dataset.pair ?? active)}
        className="h-[max(420px,calc(100dvh-320px))] overflow-y-auto border-y border-line"
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          {seen.map((item) => {
            const row = rowAt(item.index)
            return (
              <div
                key={row?.name ?? `at-${item.index}`}
                ref={virtual.measureElement}
                data-index={item.index}
                data-pair={row?.name}
                id={row ? `${id}-${row.name}` : undefined}
                role="row"
                aria-rowindex={item.index + 1}
                aria-selected={row !== undefined && row.name === active}
                className="absolute inset-x-0 top-0 border-b border-line aria-selected:bg-wash"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <PairTableRow number={item.index + 1} row={row} href={row ? hrefOf(row.name) : ''} words={props.words} onSay={say} />
              </div>
            )
          })}
        </div>
      </div>
    </>
  )
}

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }
