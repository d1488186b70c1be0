'use client'

import { type ReactNode, useEffect, useRef } from 'react'

/**
 * One pair by keyboard: while the focus is in it (it is there from the start) and in no field, k keeps, r rejects, e edits,
 * u takes the last decision back, and the arrows go on and back. Keys press the element inside that names them in
 * `data-key`. A word on the pair also goes on to the next one.
 */
export function PairKeys({ label, children }: { label: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = place.current
    if (!box) return
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.target instanceof HTMLElement && event.target.matches('input, textarea, select, [contenteditable]')) return
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
      const pressed = box.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
      if (!pressed) return
      event.preventDefault()
      // Pressed already: the word is taken back, and one stays to give another.
      const isWord = pressed.getAttribute('aria-pressed') === 'false'
      pressed.click()
      if (isWord) box.querySelector<HTMLElement>('[data-key="ArrowRight"]')?.click()
    }
    box.focus({ preventScroll: true })
    box.addEventListener('keydown', press)
    return () => box.removeEventListener('keydown', press)
  }, [])
  return (
    <div ref={place} role="group" aria-label={label} tabIndex={0} data-pair className="outline-offset-8 focus-visible:outline-1">
      {children}
    </div>
  )
}
