'use client'

import { ArrowLeft, ArrowRight } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useTransition } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'

/** Moves between the rows: buttons, a number to type, and ← → or j k. The row is in the URL; Back leads to the list. */
export function RowNav({ row, total, ids }: { row: number; total: number; ids: readonly string[] }) {
  const t = useTranslations('submissions')
  const format = useFormatter()
  const router = useRouter()
  const [moving, start] = useTransition()
  // Where one is going: keys may come faster than pages.
  const wanted = useRef(row)
  useEffect(() => {
    wanted.current = row
  }, [row])

  const go = useCallback(
    (to: number) => {
      const target = Math.min(total, Math.max(1, to))
      if (target === wanted.current) return
      wanted.current = target
      const query = new URLSearchParams([...ids.map((id) => ['ids', id]), ['row', String(target)]])
      start(() => router.replace(`?${query}`, { scroll: false }))
    },
    [ids, total, router],
  )

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (event.key === 'ArrowRight' || event.key === 'j') go(wanted.current + 1)
      else if (event.key === 'ArrowLeft' || event.key === 'k') go(wanted.current - 1)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [go])

  return (
    <nav aria-label={t('goTo')} aria-busy={moving} className="flex flex-wrap items-center gap-2">
      <Button small disabled={row <= 1} onClick={() => go(wanted.current - 1)} aria-label={t('previousRow')}>
        <ArrowLeft size={14} aria-hidden />
      </Button>
      <form
        className="flex items-center gap-1.5"
        onSubmit={(event) => {
          event.preventDefault()
          const to = Number(new FormData(event.currentTarget).get('row'))
          if (Number.isInteger(to)) go(to)
        }}
      >
        <input key={row} name="row" inputMode="numeric" autoComplete="off" defaultValue={row} aria-label={t('goTo')} className="h-7 w-14 rounded-base border border-edge bg-raised px-2 text-right text-sm" />
        <span className="text-muted">/ {format.number(total)}</span>
      </form>
      <Button small disabled={row >= total} onClick={() => go(wanted.current + 1)} aria-label={t('nextRow')}>
        <ArrowRight size={14} aria-hidden />
      </Button>
      <span className="hidden text-sm text-muted md:inline">{t('keys')}</span>
    </nav>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}
