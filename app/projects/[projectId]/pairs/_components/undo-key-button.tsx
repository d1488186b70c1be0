'use client'

import type { ReactNode } from 'react'
import { usePending } from '@/app/_ui/action-form'
import { Button } from '@/app/_ui/button'

/** The button that takes the last decision back; u presses it. */
export function UndoKeyButton({ children }: { children: ReactNode }) {
  const pending = usePending()
  return (
    <Button type="submit" small kind="quiet" data-key="u" disabled={pending} aria-busy={pending}>
      {children}
    </Button>
  )
}
