'use client'

import { ArrowLeft, ArrowRight } from 'lucide-react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { Button } from '@/app/_ui/button'
import { useKeys } from '@/app/_ui/use-keys'

type Props = { at: number; total: number; row: number | null; busy: boolean; onMove: (to: number) => void; onRow: (row: number) => void }

/** Moves through the rows in their order: buttons, ← → or j k, Home and End; a row's own number can be typed. */
export function RowNav({ at, total, row, busy, onMove, onRow }: Props) {
  const t = useTranslations('submissions')
  const format = useFormatter()
  const [back, on] = [() => onMove(at - 1), () => onMove(at + 1)]
  useKeys({ ArrowRight: on, j: on, ArrowLeft: back, k: back, Home: () => onMove(0), End: () => onMove(total - 1) })
  return (
    <nav aria-label={t('goTo')} aria-busy={busy} className="flex flex-wrap items-center gap-2">
      <Button small disabled={at <= 0} onClick={back} aria-label={t('previousRow')}>
        <ArrowLeft size={14} aria-hidden />
      </Button>
      <form
        className="flex items-center gap-1.5"
        onSubmit={(event) => {
          event.preventDefault()
          const to = Number(new FormData(event.currentTarget).get('row'))
          if (Number.isInteger(to)) onRow(to)
        }}
      >
        <input key={row} name="row" inputMode="numeric" autoComplete="off" defaultValue={row ?? ''} aria-label={t('goTo')} className="h-7 w-14 rounded-base border border-edge bg-raised px-2 text-right text-sm" />
      </form>
      <Button small disabled={at >= total - 1} onClick={on} aria-label={t('nextRow')}>
        <ArrowRight size={14} aria-hidden />
      </Button>
      <span className="text-muted tabular-nums" aria-live="polite">
        {format.number(total === 0 ? 0 : at + 1)} / {format.number(total)}
      </span>
      <span className="hidden text-sm text-muted md:inline">{t('keys')}</span>
    </nav>
  )
}
