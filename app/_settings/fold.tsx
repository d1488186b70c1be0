import type { ReactNode } from 'react'

/** What only some need, folded away under a word. */
export function Fold({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  return (
    <details className="group rounded-base border border-line">
      <summary className="rounded-base px-4 py-2.5 font-semibold hover:bg-wash">{summary}</summary>
      <div className="grid gap-6 border-t border-line p-4">{children}</div>
    </details>
  )
}

/** Settings that belong together, under one heading, as many in a row as fit. */
export function SettingGroup({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <fieldset className="m-0 min-w-0 border-0 p-0">
      <legend className="mb-3 p-0 text-sm text-muted">{title}</legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(240px,100%),1fr))] gap-x-6 gap-y-4">{children}</div>
    </fieldset>
  )
}
