'use client'

import { useCallback, useMemo, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl/react'
import { figureOf } from '@/app/_scores/figure-words'
import { cx } from '@/app/_ui/cx'
import { useKeys } from '@/app/_ui/use-keys'
import { useRest } from '@/app/_ui/use-rest'
import { useUrlState } from '@/app/_ui/use-url-state'
import { VirtualList } from '@/app/_ui/virtual-list'
import { type ComparedColumn, marks } from '@/app/projects/[projectId]/submissions/compare/_components/column'
import { RowNav } from '@/app/projects/[projectId]/submissions/compare/_components/row-nav'
import { SideBySide, type DiffBy } from '@/app/projects/[projectId]/submissions/compare/_components/side-by-side'
import { useComparedRows } from '@/app/projects/[projectId]/submissions/compare/_components/use-compared-rows'
import { useOrder } from '@/app/projects/[projectId]/submissions/compare/_components/use-order'
import { measureKinds, measureNames } from '@/lib/scoring/measure-kinds'
import { winners } from '@/lib/scoring/winners'

const orders = ['difference', 'worst', 'row'] as const
const shows = ['all', 'unlike', 'flawed', 'missing'] as const
const diffs = ['off', 'words', 'characters'] as const

/** Two to four submissions row by row: the rows with their figures in the wanted order, and the one that is read. Everything chosen is in the URL. */
export function Comparison({ columns }: { columns: readonly ComparedColumn[] }) {
  const t = useTranslations('compare')
  const scores = useTranslations('scores')
  const { number } = useFormatter()
  const [measureText, setMeasure] = useUrlState('measure')
  const [byText, setBy] = useUrlState('by')
  const [showText, setShow] = useUrlState('show')
  const [q, setQ] = useUrlState('q')
  const [diffText, setDiff] = useUrlState('diff')
  const [rowText, setRow] = useUrlState('row')
  const measure = measureNames.find((each) => each === measureText) ?? 'lengthScore'
  const by = orders.find((each) => each === byText) ?? 'difference'
  const show = shows.find((each) => each === showText) ?? 'all'
  const diff: DiffBy = diffs.find((each) => each === diffText) ?? 'off'
  const ids = useMemo(() => new URLSearchParams(columns.map(({ id }) => ['ids', id])).toString(), [columns])
  const { order, failed, reading } = useOrder(`${ids}&${new URLSearchParams({ measure, by, show, q: q ?? '' })}`)
  const ordinals = useMemo(() => order?.rows.map(([ordinal]) => ordinal) ?? [], [order])
  const found = rowText === null ? 0 : ordinals.indexOf(Number(rowText) - 1)
  const at = Math.max(0, found)
  const { row, failed: rowFailed } = useComparedRows(ids, ordinals, at)
  const go = useCallback((to: number) => {
    const ordinal = ordinals[Math.min(ordinals.length - 1, Math.max(0, to))]
    if (ordinal !== undefined) setRow(String(ordinal + 1))
  }, [ordinals, setRow])
  const goToRow = (wanted: number) => {
    const place = ordinals.indexOf(wanted - 1)
    if (place >= 0) go(place)
  }
  useKeys({ d: () => setDiff(diff === 'off' ? 'words' : diff === 'words' ? 'characters' : null) })

  const words = { number: (value: number, options?: object) => number(value, options), yes: scores('yes'), no: scores('no') }
  const select = <T extends string>(label: string, value: T, all: readonly T[], word: (each: T) => string, set: (value: string | null) => void) => (
    <label className="flex items-center gap-1.5 text-sm text-muted">
      {label}
      <select value={value} onChange={(event) => set(event.target.value)} className="h-8 max-w-52 rounded-base border border-edge bg-raised px-1.5 text-ink">
        {all.map((each) => <option key={each} value={each}>{word(each)}</option>)}
      </select>
    </label>
  )
  return (
    <section aria-label={t('rows')} className="grid gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {select(t('measure'), measure, measureNames, (each) => scores(`measure.${each}`), setMeasure)}
        {select(t('order'), by, orders, (each) => t(`orders.${each}`), setBy)}
        {select(t('show'), show, shows, (each) => t(`shows.${each}`), setShow)}
        <PremiseFilter value={q ?? ''} onChange={(text) => setQ(text === '' ? null : text)} />
        {select(t('differences'), diff, diffs, (each) => t(`diffs.${each}`), (value) => setDiff(value === 'off' ? null : value))}
      </div>
      {order && order.rows.length > 0 && (
        <p className="m-0 flex flex-wrap gap-x-4 text-sm text-muted">
          <span>{t('onlyBest', { measure: scores(`measure.${measure}`), better: measureKinds[measure].better })}</span>
          {columns.map(({ id }, column) => <span key={id}><b className={marks[column]?.colour}>{t(marks[column]?.name ?? 'column.0')}</b> {number(order.wins[column] ?? 0)}</span>)}
          <span>{t('ties', { count: order.ties })}</span>
        </p>
      )}
      <RowNav at={at} total={ordinals.length} row={ordinals[at] === undefined ? null : ordinals[at] + 1} onMove={go} onRow={goToRow} busy={reading} />
      {failed && <p role="alert" className="m-0 text-seal">{t('failed')}</p>}
      {order?.rows.length === 0 && <p className="m-0 py-6 text-muted">{t('noRows')}</p>}
      {order && order.rows.length > 0 && (
        <div className="grid items-start gap-6 lg:grid-cols-[230px_minmax(0,1fr)]">
          <details open className="min-w-0">
            <summary className="mb-1 text-sm text-muted">{t('list', { count: order.rows.length })}</summary>
            <VirtualList label={t('rows')} items={order.rows} itemKey={([ordinal]) => ordinal} estimate={34} height="min(60vh, 560px)" startAt={at} follow={at} className="max-lg:max-h-44">
              {([ordinal, figures], place) => {
                const best = winners(figures, measureKinds[measure].better)
                return (
                  <button type="button" aria-current={place === at ? 'true' : undefined} onClick={() => go(place)} className={cx('flex w-full items-baseline gap-2 rounded-base px-2 py-1.5 text-left text-sm hover:bg-wash', place === at && 'bg-wash')}>
                    <span className="min-w-[2.5em] text-muted">{number(ordinal + 1)}</span>
                    {figures.map((figure, column) => (
                      <span key={column} className={cx('flex-1 text-right tabular-nums', best.includes(column) ? 'font-semibold text-malachite-text' : 'text-ink')}>
                        {figureOf(measure, figure, words)}{best.includes(column) && <span className="sr-only"> {scores('winner')}</span>}
                      </span>
                    ))}
                  </button>
                )
              }}
            </VirtualList>
          </details>
          {row ? <SideBySide row={row} columns={columns} measure={measure} diff={diff} /> : <p role={rowFailed ? 'alert' : undefined} className="m-0 min-h-96 py-4 text-muted">{rowFailed ? t('rowFailed') : t('reading')}</p>}
        </div>
      )}
    </section>
  )
}

function PremiseFilter({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const t = useTranslations('compare')
  const later = useRest(300)
  const [typed, setTyped] = useState(value)
  return (
    <input
      type="search"
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value)
        later(() => onChange(target.value.trim()))
      }}
      placeholder={t('premiseHas')}
      aria-label={t('premiseHas')}
      className="h-8 w-44 rounded-base border border-edge bg-raised px-2 text-sm text-ink placeholder:text-muted"
    />
  )
}
