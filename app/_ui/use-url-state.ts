'use client'

import { useSearchParams } from 'next/navigation'

/**
 * One value of the view that lives in the URL, and its setter; null takes it out. `push` lets Back undo it.
 * The page is not asked for again: what the value changes is drawn in the browser.
 */
export function useUrlState(name: string, mode: 'push' | 'replace' = 'replace'): [string | null, (value: string | null) => void] {
  const params = useSearchParams()
  const set = (value: string | null) => {
    const next = new URLSearchParams(window.location.search)
    if (value === null) next.delete(name)
    else next.set(name, value)
    const query = next.toString()
    const url = `${window.location.pathname}${query ? `?${query}` : ''}`
    if (mode === 'push') window.history.pushState(null, '', url)
    else window.history.replaceState(null, '', url)
  }
  return [params.get(name), set]
}
