import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

/** Something failed: what happened, to what, and what to do next. */
export function ErrorState({ title, children, action }: { title?: ReactNode; children: ReactNode; action?: ReactNode }) {
  return (
    <div role="alert" className="my-4 grid grid-cols-[auto_1fr] gap-x-3 gap-y-2 rounded-base border border-seal bg-raised p-4">
      <TriangleAlert size={18} className="mt-0.5 text-seal" aria-hidden />
      <div className="grid justify-items-start gap-2">
        {title && <p className="m-0 font-semibold text-seal">{title}</p>}
        <p className="m-0 [overflow-wrap:anywhere]">{children}</p>
        {action}
      </div>
    </div>
  )
}
