'use client'

import { type ReactNode, useState } from 'react'

/** What was drawn last for as long as there is nothing to draw, with a word that it is not the present one's; another word when nothing was. */
export function LastGood({ note, empty, children }: { note: string; empty: string; children: ReactNode }) {
  const [kept, keep] = useState(children)
  if (children !== null && children !== kept) keep(children)
  if (children !== null) return children
  return (
    <div className="min-w-0">
      <p role="status" className="mt-0 mb-4 text-gamboge-text">
        {kept === null ? empty : note}
      </p>
      {kept}
    </div>
  )
}
