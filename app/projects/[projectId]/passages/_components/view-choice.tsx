'use client'

import { useId } from 'react'
import { useRedraw } from '@/app/projects/[projectId]/passages/_components/redrawing'

export type ViewOption = { value: string; label: string }

/** A choice of what is looked at: it goes into the URL under its name, and what hung on the one before goes out of it. */
export function ViewChoice(props: { name: string; label: string; value: string; options: readonly ViewOption[]; clears: readonly string[] }) {
  const id = useId()
  const { drawing, replace } = useRedraw()
  const choose = (value: string) => {
    const query = new URLSearchParams(window.location.search)
    for (const name of props.clears) query.delete(name)
    if (value === '') query.delete(props.name)
    else query.set(props.name, value)
    replace(`?${query}`)
  }
  return (
    <span className="flex max-w-full min-w-0 items-center gap-1.5 text-sm text-muted">
      <label htmlFor={id} className="shrink-0">{props.label}</label>
      <select id={id} value={props.value} aria-busy={drawing} onChange={(event) => choose(event.target.value)} className="h-8 max-w-56 min-w-0 rounded-base border border-line bg-raised px-1.5 text-ink hover:border-edge">
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </span>
  )
}
