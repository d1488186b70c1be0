'use client'

import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'

/**
 * One pair by keyboard: while the focus is in it (it is there from the start), k keeps, r rejects,
 * e edits, and the arrows go on and back. Keys press the element inside that names them in `data-key`.
 */
export function PairKeys({ label, children }: { label: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus({ preventScroll: true }), [])
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return
    const pressed = box.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key.length === 1 ? event.key.toLowerCase() : event.key)}"]`)
    if (!pressed) return
    event.preventDefault()
    pressed.click()
  }
  return (
    <div ref={box} role="group" aria-label={label} tabIndex={0} onKeyDown={press} className="outline-offset-8">
      {children}
    </div>
  )
}
