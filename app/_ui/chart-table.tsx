import type { ReactNode } from 'react'

/** The figures behind a chart, folded away below it: every chart has one. */
export function ChartTable({ summary, head, rows }: { summary: string; head: readonly ReactNode[]; rows: readonly (readonly ReactNode[])[] }) {
  return (
    <details className="mt-2 text-sm">
      <summary className="w-fit text-muted hover:text-ink">{summary}</summary>
      <div className="mt-2 max-h-72 overflow-auto" tabIndex={0} role="region" aria-label={summary}>
        <table className="w-full border-collapse">
          <thead>
            <tr>
              {head.map((cell, at) => (
                <th key={at} scope="col" className="border-b border-line px-2 py-1 text-right font-normal text-muted first:text-left">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, column) => (
                  <td key={column} className="border-b border-line px-2 py-1 text-right first:text-left">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
