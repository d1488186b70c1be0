import type { ReactNode } from 'react'

/** The head of a page: its name, tags and a quiet word beside it, actions at the right. */
export function PageHead(props: { title: ReactNode; tags?: ReactNode; note?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="mb-5 flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2">
      <h1 className="m-0 text-xl font-semibold">{props.title}</h1>
      {props.tags}
      {props.note && <span className="text-muted">{props.note}</span>}
      {props.actions && <div className="ml-auto flex flex-wrap items-center gap-3">{props.actions}</div>}
    </div>
  )
}
