'use client'

import { useRouter } from 'next/navigation'
import { type ReactNode, type FormEvent, useEffect, useRef } from 'react'
import { useRest } from '@/app/_ui/use-rest'

const typing = 400

/**
 * The form of the filter: what is chosen goes into the address at once, what is typed after a short rest. `base` is the
 * page with its source, `query` the filter that the address has now: where that changed by other means, so do the fields.
 */
export function FilterForm({ base, query: shown, label, children }: { base: string; query: string; label: string; children: ReactNode }) {
  const router = useRouter()
  const form = useRef<HTMLFormElement>(null)
  const later = useRest(typing)
  useEffect(() => {
    const isBeingFilled = document.activeElement?.matches('input, select') && form.current?.contains(document.activeElement)
    if (!isBeingFilled) form.current?.reset()
  }, [shown])
  const go = () => {
    if (!form.current) return
    const query = new URLSearchParams(base.split('?')[1])
    for (const [name, value] of new FormData(form.current)) if (typeof value === 'string' && value !== '') query.append(name, value)
    router.replace(`${base.split('?')[0]}?${query}`, { scroll: false })
  }
  const change = (event: FormEvent<HTMLFormElement>) => {
    const isTyped = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox'
    later(go, isTyped ? typing : 0)
  }
  return (
    <form
      ref={form}
      aria-label={label}
      role="search"
      onChange={change}
      onSubmit={(event) => {
        event.preventDefault()
        go()
      }}
      className="mb-4 grid gap-3"
    >
      {children}
    </form>
  )
}
