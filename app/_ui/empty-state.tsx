import type { ReactNode } from 'react'

/** Nothing yet: one sentence that says why and what for, one button. */
export function EmptyState({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="grid justify-items-start gap-4 py-10">
      <p className="m-0 max-w-[36em] text-muted">{children}</p>
      {action}
    </div>
  )
}
