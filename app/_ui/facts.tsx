import type { ReactNode } from 'react'

export type Fact = { label: ReactNode; value: ReactNode; hint?: ReactNode }

/** A row of figures over a page: a small word above, the figure below. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="m-0 mb-5 flex flex-wrap gap-x-8 gap-y-3">
      {facts.map((fact, index) => (
        <div key={index} className="min-w-[84px]">
          <dt className="text-xs text-muted">{fact.label}</dt>
          <dd className="m-0 text-lg font-semibold whitespace-nowrap">{fact.value}</dd>
          {fact.hint && <dd className="m-0 text-xs text-muted">{fact.hint}</dd>}
        </div>
      ))}
    </dl>
  )
}

/** Names and figures in two columns, for the side of a page. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="m-0 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-sm">
      {facts.map((fact, index) => (
        <div key={index} className="contents">
          <dt className="text-muted">{fact.label}</dt>
          <dd className="m-0 text-right font-semibold">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
