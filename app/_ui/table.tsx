import type { ReactNode } from 'react'
import { cx } from '@/app/_ui/cx'
import { ScrollRegion } from '@/app/_ui/scroll-region'

export type Column<Row> = {
  key: string
  head: ReactNode
  cell: (row: Row) => ReactNode
  /** Numbers stand at the right, in tabular figures. */
  number?: boolean
  className?: string
}

/**
 * A table with a head that stays in sight. It scrolls sideways in itself where
 * the page is narrow, and says so; `label` names it for those who listen.
 */
export function Table<Row>(props: {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string | number
  /** Highest the table may grow, as a CSS length; it scrolls in itself beyond. */
  maxHeight?: string
  empty?: ReactNode
}) {
  return (
    <ScrollRegion label={props.label} maxHeight={props.maxHeight}>
      <table className="w-full border-collapse text-left">
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={cx('sticky top-0 z-10 border-b border-line bg-paper px-3 py-2 text-xs font-normal whitespace-nowrap text-muted first:pl-0 last:pr-0', column.number && 'text-right', column.className)}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.rowKey(row)}>
              {props.columns.map((column) => (
                <td
                  key={column.key}
                  className={cx('border-b border-line px-3 py-2 align-baseline first:pl-0 last:pr-0', column.number && 'text-right whitespace-nowrap tabular-nums', column.className)}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {props.rows.length === 0 && props.empty && <p className="py-6 text-muted">{props.empty}</p>}
    </ScrollRegion>
  )
}
