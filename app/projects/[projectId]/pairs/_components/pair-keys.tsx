'use client'

import { type ReactNode, useEffect, useRef } from 'react'

/**
 * One pair by keyboard: while the focus is in it (it is there from the start), k keeps, r rejects,
 * e edits, and the arrows go on and back. Keys press the element inside that names them in `data-key`.
 */
export function PairKeys({ label, children }: { label: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = place.current
    if (!box) return
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
      const pressed = box.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
      if (!pressed) return
      event.preventDefault()
      pressed.click()
    }
    box.focus({ preventScroll: true })
    box.addEventListener('keydown', press)
    return () => box.removeEventListener('keydown', press)
  }, [])
  return (
    <div ref={place} role="group" aria-label={label} tabIndex={0} className="outline-offset-8">
      {children}
    </div>
  )
}
