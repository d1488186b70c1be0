'use client'

import { type ReactNode, useState } from 'react'

/** What was drawn last for as long as there is nothing to draw, with a word that it is not the present one's. */
export function LastGood({ note, children }: { note: string; children: ReactNode }) {
  const [kept, keep] = useState(children)
  if (children !== null && children !== kept) keep(children)
  if (children !== null) return children
  return (
    <div className="min-w-0">
      <p role="status" className="mt-0 mb-4 text-gamboge-text">
        {note}
      </p>
      {kept}
    </div>
  )
}
